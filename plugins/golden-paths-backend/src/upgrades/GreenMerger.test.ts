import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import type { RepositoryHost } from '@waymark/plugin-repositories-node';
import {
  caller,
  FleetBench,
  releaseOf,
  template,
} from '../__testUtils__/FleetBench';
import { GreenMerger } from './GreenMerger';

jest.setTimeout(120_000);

const bench = new FleetBench();
const first = releaseOf('1.0.0', { 'a.txt': 'one\n' });
const second = releaseOf('1.1.0', { 'a.txt': 'two\n' });
const priya = { credentials: mockCredentials.user('user:default/priya') };
const entityRef = 'component:default/blue-paper';
type Green = Awaited<ReturnType<RepositoryHost['mergeWhenGreen']>>;

const green: Green = {
  checks: { state: 'passed', notPassed: [] },
  merged: true,
};

/** A host with merge requests, whose repositories are local ones. */
const reviewing = (local: RepositoryHost): RepositoryHost => ({
  id: 'reviewing',
  reviews: true,
  urlsFor: options => local.urlsFor(options),
  exists: name => local.exists(name),
  isMadeBy: options => local.isMadeBy(options),
  publish: request => local.publish(request),
  discard: options => local.discard(options),
  open: name => local.open(name),
  propose: async ({ name }) => `https://git.example/${name}/1`,
  mergeWhenGreen: merge => local.mergeWhenGreen(merge),
});

/** A campaign whose upgrade is proposed, and a host that answers what a test says. */
async function setUp(
  answer: () => Green,
  options: { merge?: 'clean' | 'never'; edit?: string; reviews?: boolean } = {},
) {
  const { merge = 'clean', edit, reviews = true } = options;
  await bench.begin();
  await bench.publish(first);
  await bench.scaffold('blue-paper', first);
  if (edit) await bench.edit('blue-paper', 'a.txt', edit);
  await bench.publish(second);
  const portal = await bench.open({ around: reviewing });
  await portal.reader.refresh();
  const campaign = await portal.campaigns.start(
    { title: 'To 1.1', template, merge },
    caller,
  );
  await portal.worker.work();
  const asked: object[] = [];
  const merged: string[] = [];
  const greens = GreenMerger.create({
    host: {
      reviews,
      async mergeWhenGreen(question) {
        asked.push(question);
        const said = answer();
        return { ...said, merged: said.merged && !question.onlyLook };
      },
    },
    store: portal.queue,
    onMerged: async ({ repository }) => void merged.push(repository),
    logger: mockServices.logger.mock(),
  });
  return {
    ...portal,
    asked,
    merged,
    greens,
    campaign,
    /** As if two minutes had gone by. */
    later: () => bench.knex('upgrades').update({ checked_at: new Date(0) }),
    upgrade: async () => (await portal.upgrades.list({ entityRef })).items[0],
  };
}

it('merges a proposal when its checks were seen green twice, and asks seldom before', async () => {
  let answer: Green = {
    checks: { state: 'pending', notPassed: ['build', 'scan'] },
    merged: false,
  };
  const { greens, upgrade, asked, merged, later } = await setUp(() => answer);
  await expect(upgrade()).resolves.toMatchObject({
    state: 'proposed',
    proposalUrl: 'https://git.example/blue-paper/1',
  });
  await greens.look();
  await greens.look();
  expect(asked).toEqual([
    {
      name: 'blue-paper',
      branch: 'upgrade/paper-1.1.0',
      commit: await bench.git('blue-paper', 'rev-parse', 'upgrade/paper-1.1.0'),
      onlyLook: true,
    },
  ]);
  await expect(upgrade()).resolves.toMatchObject({
    checks: 'pending',
    checksNote: 'build, scan',
  });

  answer = green;
  await later();
  await greens.look();
  expect(merged).toEqual([]);
  await expect(upgrade()).resolves.toMatchObject({
    state: 'proposed',
    checks: 'passed',
  });
  await later();
  await greens.look();
  expect(merged).toEqual(['blue-paper']);
  await expect(upgrade()).resolves.toMatchObject({
    state: 'merged',
    checks: 'passed',
    mergedBy: 'user:default/amara',
  });
  await later();
  await greens.look();
  expect(asked).toHaveLength(3);
});

it('does not merge what was green before the other checks had begun', async () => {
  const pending: Green = {
    checks: { state: 'pending', notPassed: ['build'] },
    merged: false,
  };
  const answers = [green, pending, green];
  const { greens, upgrade, merged, later } = await setUp(
    () => answers.shift() ?? pending,
  );
  for (const _ of [...answers]) {
    await greens.look();
    await later();
  }
  expect(merged).toEqual([]);
  await expect(upgrade()).resolves.toMatchObject({ state: 'proposed' });
});

it.each(['none', 'failed'] as const)(
  'leaves to people where checks are %s, and says so',
  async checks => {
    const { greens, upgrade } = await setUp(() => ({
      checks: { state: checks, notPassed: [] },
      merged: false,
    }));
    await greens.look();
    await expect(upgrade()).resolves.toMatchObject({
      state: 'proposed',
      checks,
    });
  },
);

it('says what keeps the host from merging', async () => {
  const { greens, upgrade } = await setUp(() => {
    throw new ConflictError('a rule asks for more');
  });
  await greens.look();
  await expect(upgrade()).resolves.toMatchObject({
    state: 'proposed',
    checksNote: 'a rule asks for more',
  });
});

it.each([
  ['of a campaign that merges nothing', { merge: 'never' as const }],
  ['with conflicts', { edit: 'mine\n' }],
  ['on a host that has no checks', { reviews: false }],
])('asks nothing about a proposal %s', async (_, options) => {
  const { greens, asked } = await setUp(() => green, options);
  await greens.look();
  expect(asked).toEqual([]);
});

it('asks nothing about one whom an exception lets stay', async () => {
  const { greens, asked, exceptions } = await setUp(() => green);
  const { id } = await exceptions.ask(
    {
      entityRef,
      kind: 'version',
      reason: 'The vendor is late.',
      until: new Date().toISOString().slice(0, 10),
    },
    caller,
  );
  await exceptions.decide(id, { verdict: 'grant' }, priya);
  await greens.look();
  expect(asked).toEqual([]);
});

it('stops when its campaign is paused or cancelled', async () => {
  const { greens, asked, campaign } = await setUp(() => green);
  for (const state of ['paused', 'cancelled']) {
    await bench.knex('campaigns').where({ id: campaign.id }).update({ state });
    await greens.look();
  }
  expect(asked).toEqual([]);
});
