import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { paper, writePaper } from '../../src/testing/paper.ts';
import { ask } from './support/load.ts';
import { gitIn, keepers, paperCatalog, paperIn } from './support/paperMill.ts';
import { until } from './support/until.ts';
import { createWorld, type Replica, type World } from './support/world.ts';

/** `WAYMARK_CAMPAIGN=50` is a campaign as large as a company's. */
const count = Number(process.env.WAYMARK_CAMPAIGN || 12);
const names = Array.from({ length: count }, (_, index) => `paper-${index}`);

/** Generous for a busy machine: the fleet is read twice a minute. */
const patience = { withinMs: 120_000 + count * 5_000 };

type Progress = { total: number; waiting: number; merged: number };
type Campaign = { id: string; state: string; progress: Progress };

let world: World;
let portal: Replica;

async function get<T>(route: string): Promise<T> {
  const { status, body } = await ask(`${portal.url}${route}`, world.headers);
  assert.equal(status, 200, body);
  return JSON.parse(body);
}

async function post<T>(route: string, body: object): Promise<T> {
  const response = await fetch(`${portal.url}${route}`, {
    method: 'POST',
    headers: { ...world.headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${response.status}: ${text}`);
  return JSON.parse(text || 'null');
}

/** How many repositories the portal has read and found on the first version. */
async function outdated(): Promise<number> {
  const { items } = await get<{ items: { readAt?: string }[] }>(
    `/api/golden-paths/fleet?template=${paper}&version=1.0.0&limit=${count}`,
  );
  return items.filter(({ readAt }) => readAt).length;
}

const campaignIs = (id: string) =>
  get<Campaign>(`/api/golden-paths/campaigns/${id}`);

before(async () => {
  world = await createWorld(paperCatalog);
  portal = await world.startReplica('first');
  await until('the catalog has the template', async () => {
    const { status } = await ask(
      `${portal.url}/api/catalog/entities/by-name/template/default/paper`,
      world.headers,
    );
    return status === 200;
  });
  const tasks = await Promise.all(
    names.map(name =>
      post<{ id: string }>('/api/scaffolder/v2/tasks', {
        templateRef: paper,
        values: { name, owner: keepers },
      }),
    ),
  );
  for (const { id } of tasks) {
    const look = async () => {
      const { status } = await get<{ status: string }>(
        `/api/scaffolder/v2/tasks/${id}`,
      );
      assert.ok(!['failed', 'cancelled'].includes(status), status);
      return status === 'completed' || `it is ${status}`;
    };
    await until(`task ${id} is done`, look, patience);
  }
  await writePaper(paperIn(world.home), {
    version: '1.1.0',
    page: 'one\ntwo\n',
  });
  await post('/api/catalog/refresh', { entityRef: paper });
  await until(
    'the whole fleet is known, and a newer version',
    async () => {
      const { items } = await get<{
        items: { template: string; current?: string }[];
      }>('/api/golden-paths/templates');
      return (
        items.some(one => one.template === paper && one.current === '1.1.0') &&
        (await outdated()) === count
      );
    },
    { ...patience, everyMs: 1_000 },
  );
});

after(async () => {
  await world.stop();
});

function assertUpgradedOnce(name: string): void {
  const git = (...args: string[]) => gitIn(world.home, name, ...args);
  assert.equal(git('show', 'main:page.txt'), 'one\ntwo');
  assert.equal(
    git('rev-list', '--first-parent', '--count', 'main'),
    '2',
    `${name}: the first commit and one upgrade`,
  );
  assert.equal(
    git('rev-list', '--count', 'golden-path'),
    '2',
    `${name}: one rendering of each version`,
  );
}

test(`a backend is killed during a campaign over ${count} repositories: each is upgraded once`, async () => {
  const { id } = await post<Campaign>('/api/golden-paths/campaigns', {
    title: 'A second page for everybody',
    template: paper,
    merge: 'clean',
  });
  const someAreMerged = async () => {
    const { progress } = await campaignIs(id);
    return progress.merged >= Math.ceil(count / 4) || JSON.stringify(progress);
  };
  await until('some are upgraded', someAreMerged, patience);
  portal.process.kill('SIGKILL');
  await portal.ended;

  portal = await world.startReplica('second', {}, portal.port);
  const { progress: left } = await campaignIs(id);
  assert.ok(left.merged < count, 'the kill came while it ran');
  const isDone = async () => {
    const campaign = await campaignIs(id);
    return campaign.state === 'done' || JSON.stringify(campaign.progress);
  };
  await until('the campaign is done', isDone, patience);
  const { progress } = await campaignIs(id);
  assert.deepEqual([progress.total, progress.merged], [count, count]);
  names.forEach(assertUpgradedOnce);
});
