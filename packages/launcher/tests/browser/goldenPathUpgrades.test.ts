import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { paths } from '../../src/paths.ts';
import {
  paper,
  readPaper,
  writePaper,
  type Paper,
} from '../../src/testing/paper.ts';
import { paperFolder } from '../../src/testing/paperCatalog.ts';
import { until } from '../faults/support/until.ts';
import {
  noBrowser,
  signInAs,
  violationsOn,
  windows,
} from '../support/browser.ts';
import { areForEveryone, isForEveryone, saying } from '../support/pages.ts';
import { callAs, type Caller } from '../support/people.ts';

const run = promisify(execFile);
const openWindow = windows();
/** No other run makes the same. */
const mark = Date.now().toString(36);
const names = ['single', 'edited', 'third', 'fourth'].map(
  name => `paper-${name}-${mark}`,
);
const [single, edited, ...others] = names;
const tabOf = (name: string) =>
  `/catalog/default/component/${name}/golden-path`;

let folder: string;
/** What a portal that was tested before has is further than its first version. */
let old: Paper;
let next: Paper;

async function askAs<T>(
  caller: Caller,
  address: string,
  json?: object,
): Promise<T> {
  const response = await callAs(
    caller,
    address,
    json && { method: 'POST', json },
  );
  const text = await response.text();
  assert.ok(response.ok, `${response.status}: ${text}`);
  return JSON.parse(text || 'null');
}

async function make(name: string): Promise<void> {
  const { id } = await askAs<{ id: string }>(
    'developer',
    '/api/scaffolder/v2/tasks',
    {
      templateRef: paper,
      values: { name, owner: 'group:default/ledger' },
    },
  );
  await until(`${name} is made`, async () => {
    const { status } = await askAs<{ status: string }>(
      'developer',
      `/api/scaffolder/v2/tasks/${id}`,
    );
    assert.ok(!['failed', 'cancelled'].includes(status), status);
    return status === 'completed';
  });
}

const gitIn = async (where: string, ...args: string[]) =>
  (await run('git', ['-C', where, ...args])).stdout;
const repositoryOf = (name: string) =>
  path.join(paths.repositories, `${name}.git`);
const pageOf = (name: string) =>
  gitIn(repositoryOf(name), 'show', 'main:page.txt');

/** Writes where the next version of the template will write too. */
async function editAsTeam(name: string): Promise<void> {
  await gitIn(folder, 'clone', '--quiet', repositoryOf(name), '.');
  await fs.appendFile(path.join(folder, 'page.txt'), 'ours\n');
  await gitIn(
    folder,
    ...['-c', 'user.name=Amara', '-c', 'user.email=amara@larkspur.example'],
    ...['commit', '--quiet', '--all', '--message', 'Say what is ours'],
  );
  await gitIn(folder, 'push', '--quiet');
}

type Members = {
  items: { entityRef: string; latest?: string; drift?: unknown[] }[];
};

/** The catalog has the template as it is now. */
async function put(now: Paper): Promise<void> {
  await writePaper(paperFolder, now);
  await askAs('platform-engineer', '/api/catalog/refresh', {
    entityRef: paper,
  });
}

async function raiseTemplate(): Promise<void> {
  await put(next);
  await until(
    'the portal knows the newer version, and what of each paper was changed',
    async () => {
      const { items } = await askAs<Members>(
        'platform-engineer',
        `/api/golden-paths/fleet?template=${paper}&version=${old.version}&limit=100`,
      );
      const changes = names.map(name => {
        const found = items.find(one => one.entityRef.endsWith(`/${name}`));
        return found?.latest === next.version && found.drift?.length;
      });
      return changes.join() === '0,1,0,0' || changes.join();
    },
    { everyMs: 1_000 },
  );
}

before(async () => {
  if (noBrowser) return;
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-upgrades-'));
  old = await readPaper(paperFolder);
  next = {
    version: old.version.replace(
      /\d+\.\d+$/,
      minor => `${Number.parseInt(minor, 10) + 1}.0`,
    ),
    page: `${old.page}and more\n`,
  };
  await Promise.all(names.map(make));
  await editAsTeam(edited);
  await raiseTemplate();
});

after(async () => {
  if (folder) await fs.rm(folder, { recursive: true, force: true });
});

/** Lets somebody else pause a campaign before whoever began it sees it. */
async function pauseAtOnce(page: Page): Promise<void> {
  await page.route('**/api/golden-paths/campaigns', async route => {
    if (route.request().method() !== 'POST') return route.fallback();
    const response = await route.fetch();
    const { id } = await response.json();
    await askAs(
      'platform-engineer',
      `/api/golden-paths/campaigns/${id}/pause`,
      {},
    );
    return route.fulfill({ response });
  });
}

test(
  'a team sees what an upgrade changes, asks for it and merges it',
  { skip: noBrowser },
  async t => {
    const amara = await openWindow();
    await signInAs(amara, 'amara', 'Amara Okafor');
    await areForEveryone(t, amara, [
      [tabOf(single), saying(`What an upgrade to ${next.version} changes`)],
    ]);
    await amara.getByText('page.txt').first().waitFor();
    await amara.getByRole('button', { name: 'Upgrade', exact: true }).click();
    const merge = amara.getByRole('button', { name: 'Merge', exact: true });
    await merge.waitFor();
    assert.equal(await pageOf(single), old.page, 'nothing is merged by itself');
    assert.deepEqual(await violationsOn(amara), []);
    await merge.click();
    await amara.getByText('It is on the default branch.').waitFor();
    assert.equal(await pageOf(single), next.page);
  },
);

test(
  'a campaign upgrades what is left, and leaves to people what they changed',
  { skip: noBrowser },
  async t => {
    const priya = await openWindow();
    await signInAs(priya, 'priya', 'Priya Raman');
    await priya.goto('/golden-paths/campaigns');
    await priya.getByRole('button', { name: /Golden path/ }).click();
    await priya.getByRole('option', { name: `Paper ${next.version}` }).click();
    const title = `A second line, ${mark}`;
    await priya.getByRole('textbox', { name: 'Title' }).fill(title);
    await priya.getByText('Merge what has no conflict').click();
    await pauseAtOnce(priya);
    await priya.getByRole('button', { name: 'Start', exact: true }).click();

    const resume = priya.getByRole('button', { name: 'Resume' });
    await resume.waitFor();
    await t.test('while it is paused', () =>
      isForEveryone(priya, () => resume.waitFor()),
    );
    await resume.click();
    await priya.getByText('Done', { exact: true }).first().waitFor();
    await areForEveryone(t, priya, [
      [
        priya.url(),
        on =>
          on
            .getByRole('table', { name: 'Repositories' })
            .getByRole('row', {
              name: new RegExp(`${edited}.*Waits for people`),
            })
            .waitFor(),
      ],
      [
        '/golden-paths/campaigns',
        on => on.getByRole('link', { name: title }).waitFor(),
      ],
    ]);
    for (const name of others) assert.equal(await pageOf(name), next.page);
    assert.equal(await pageOf(edited), `${old.page}ours\n`);

    const amara = await openWindow();
    await signInAs(amara, 'amara', 'Amara Okafor');
    await areForEveryone(t, amara, [
      [
        tabOf(edited),
        on =>
          on
            .getByRole('list', { name: 'Conflicts' })
            .getByText('page.txt')
            .waitFor(),
      ],
    ]);
    assert.equal(
      await amara.getByRole('button', { name: 'Merge' }).count(),
      0,
      'nobody merges marks of conflicts',
    );
  },
);

type Templates = { items: { template: string; supportedUntil?: string }[] };

/** Gives the template up, and waits until the portal has seen it. */
async function giveUp(): Promise<string> {
  const deprecatedOn = new Date().toISOString().slice(0, 10);
  await put({ ...next, deprecatedOn });
  let last: string | undefined;
  await until(
    'the portal knows until when papers are supported',
    async () => {
      const { items } = await askAs<Templates>(
        'developer',
        '/api/golden-paths/templates',
      );
      last = items.find(({ template }) => template === paper)?.supportedUntil;
      return last !== undefined;
    },
    { everyMs: 1_000 },
  );
  assert.ok(last && last > deprecatedOn, 'people have notice');
  return last;
}

test(
  'whoever would make something of a golden path that is given up reads until when it is supported',
  { skip: noBrowser },
  async t => {
    // Others who look at this portal find it as it was.
    t.after(() => put(next));
    const last = new Intl.DateTimeFormat('en-GB', {
      ...{ day: 'numeric', month: 'short', year: 'numeric' },
      timeZone: 'UTC',
    }).format(new Date(await giveUp()));
    const notice = saying(
      `Supported until ${last}. Take Node.js service instead.`,
    );
    const amara = await openWindow();
    await signInAs(amara, 'amara', 'Amara Okafor');
    await areForEveryone(t, amara, [
      ['/create', notice],
      ['/create/templates/default/paper', notice],
      ['/catalog/default/template/paper', notice],
    ]);
  },
);
