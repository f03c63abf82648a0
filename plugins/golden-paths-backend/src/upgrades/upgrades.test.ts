import type { RepositoryHost } from '@waymark/plugin-repositories-node';
import {
  caller,
  FleetBench,
  releaseOf,
  template,
} from '../__testUtils__/FleetBench';

jest.setTimeout(120_000);

const bench = new FleetBench();
const first = releaseOf('1.0.0', { 'a.txt': 'one\ntwo\nthree\nfour\n' });
const second = releaseOf('1.1.0', { 'a.txt': 'one\ntwo\nthree\nFOUR\n' });
const entityRef = 'component:default/blue-paper';

beforeEach(async () => {
  await bench.begin();
  await bench.publish(first);
});

/** A blue paper on the first version, while the second is there. */
async function outdated(around?: (host: RepositoryHost) => RepositoryHost) {
  await bench.scaffold('blue-paper', first);
  await bench.publish(second);
  const portal = await bench.open({ around });
  await portal.reader.refresh();
  return portal;
}

describe('one repository', () => {
  it('is previewed, upgraded, and merged', async () => {
    const { upgrades, worker, fleet } = await outdated();
    const before = await bench.git('blue-paper', 'for-each-ref');
    await expect(upgrades.preview(entityRef)).resolves.toMatchObject({
      from: '1.0.0',
      to: '1.1.0',
      conflicts: [],
      summary: expect.stringContaining('News of 1.1.0'),
    });
    await expect(bench.git('blue-paper', 'for-each-ref')).resolves.toBe(before);

    const { id } = await upgrades.request({ entityRef }, caller);
    await worker.work();
    await expect(upgrades.find(id)).resolves.toMatchObject({
      state: 'proposed',
      branch: 'upgrade/paper-1.1.0',
      askedBy: 'user:default/amara',
    });
    await expect(fleet.find(entityRef)).resolves.toMatchObject({
      version: '1.0.0',
      latest: '1.1.0',
      support: { state: 'supported' },
    });

    await expect(upgrades.merge(id, caller)).resolves.toMatchObject({
      state: 'merged',
      mergedBy: 'user:default/amara',
    });
    await expect(bench.git('blue-paper', 'show', 'main:a.txt')).resolves.toBe(
      'one\ntwo\nthree\nFOUR',
    );
    await expect(fleet.find(entityRef)).resolves.toMatchObject({
      version: '1.1.0',
      support: { state: 'current' },
    });
    await expect(upgrades.request({ entityRef }, caller)).rejects.toThrow(
      'is on 1.1.0, the current version',
    );
  });

  it('is upgraded by one at a time', async () => {
    const { upgrades } = await outdated();
    const asked = await Promise.allSettled(
      [1, 2, 3].map(() => upgrades.request({ entityRef }, caller)),
    );
    expect(asked.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(asked.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { name: 'ConflictError' },
    });
  });

  it('is not merged when it went on, and upgraded again takes in what is new', async () => {
    const { upgrades, worker } = await outdated();
    const { id } = await upgrades.request({ entityRef }, caller);
    await worker.work();
    await bench.edit('blue-paper', 'b.txt', 'mine\n');
    await expect(upgrades.merge(id, caller)).rejects.toThrow(
      'The repository went on since the upgrade was made',
    );
    const again = await upgrades.request({ entityRef }, caller);
    await worker.work();
    await expect(upgrades.merge(again.id, caller)).resolves.toMatchObject({
      state: 'merged',
    });
  });

  it('says why an upgrade failed, and is as it was', async () => {
    const { upgrades, worker } = await outdated();
    const before = await bench.git('blue-paper', 'for-each-ref');
    await bench.knex('releases').where({ version: '1.1.0' }).delete();
    await expect(upgrades.request({ entityRef }, caller)).rejects.toThrow(
      /no version of template:default\/paper to upgrade to/,
    );
    await bench.publish(
      releaseOf('1.1.0', { 'a.njk': '${{ values.nothing.at.all.' }),
    );
    const { id } = await upgrades.request({ entityRef }, caller);
    await worker.work();
    await expect(upgrades.find(id)).resolves.toMatchObject({
      state: 'failed',
      message: expect.stringContaining('a.njk'),
    });
    await expect(bench.git('blue-paper', 'for-each-ref')).resolves.toBe(before);
  });

  it('waits for people where both changed the same line', async () => {
    const { upgrades, worker, fleet, reader } = await outdated();
    await bench.edit('blue-paper', 'a.txt', 'one\ntwo\nthree\n4\n');
    await bench.knex('services').update({ read_at: null });
    await reader.refresh();
    await expect(fleet.find(entityRef)).resolves.toMatchObject({
      drift: [{ path: 'a.txt', kind: 'changed' }],
    });
    await expect(fleet.drift(entityRef)).resolves.toMatchObject({
      files: [
        {
          path: 'a.txt',
          added: 1,
          removed: 1,
          patch: expect.stringContaining('-four\n+4\n'),
        },
      ],
    });
    const { id } = await upgrades.request({ entityRef }, caller);
    await worker.work();
    await expect(upgrades.find(id)).resolves.toMatchObject({
      state: 'proposed',
      conflicts: [{ path: 'a.txt', kind: 'both-changed' }],
      summary: expect.stringContaining('**To decide**'),
    });
    await expect(upgrades.merge(id, caller)).rejects.toThrow(
      'wait for a decision of yours',
    );
  });
});

describe('a portal that is killed', () => {
  /** Never comes back from publishing, as a process that dies after it. */
  const dyingAfter = (host: RepositoryHost): RepositoryHost => ({
    id: host.id,
    reviews: host.reviews,
    urlsFor: options => host.urlsFor(options),
    exists: name => host.exists(name),
    isMadeBy: options => host.isMadeBy(options),
    publish: request => host.publish(request),
    discard: options => host.discard(options),
    propose: proposal => host.propose(proposal),
    mergeWhenGreen: merge => host.mergeWhenGreen(merge),
    async open(name) {
      const copy = await host.open(name);
      return {
        repository: copy.repository,
        defaultBranch: copy.defaultBranch,
        branches: copy.branches,
        close: () => copy.close(),
        async publish(moves) {
          await copy.publish(moves);
          await bench
            .knex('upgrades')
            .update({ fence: bench.knex.raw('fence + 1') });
          throw new Error('killed');
        },
      };
    },
  });

  it('finds what it had published, and does nothing twice', async () => {
    const dying = await outdated(dyingAfter);
    const { id } = await dying.upgrades.request({ entityRef }, caller);
    await dying.worker.work();
    const published = await bench.git(
      'blue-paper',
      'rev-parse',
      'upgrade/paper-1.1.0',
    );
    await expect(dying.upgrades.find(id)).resolves.toMatchObject({
      state: 'running',
    });
    await bench.knex('upgrades').update({ leased_until: new Date(0) });

    const { worker, upgrades } = await bench.open();
    await worker.work();

    await expect(upgrades.find(id)).resolves.toMatchObject({
      state: 'proposed',
      commit: published,
      changes: expect.arrayContaining([{ path: 'a.txt', kind: 'changed' }]),
    });
    await expect(
      bench.git('blue-paper', 'rev-list', '--count', '--merges', '--all'),
    ).resolves.toBe('1');
  });
});

describe('a campaign over fifty repositories', () => {
  const names = Array.from({ length: 50 }, (_, index) => `paper-${index}-x`);

  it('is paused, interrupted and taken up by others, and upgrades each exactly once', async () => {
    for (const name of names) await bench.scaffold(name, first);
    await bench.publish(second);
    const one = await bench.open();
    await one.reader.refresh();
    const campaign = await one.campaigns.start(
      { title: 'To 1.1', template, merge: 'clean' },
      caller,
    );
    expect(campaign.progress).toMatchObject({ total: 50, waiting: 50 });
    await expect(
      one.campaigns.start({ title: 'Again', template }, caller),
    ).rejects.toThrow('is being upgraded already');

    // Paused, nothing begins.
    await one.campaigns.pause(campaign.id);
    await one.worker.work();
    await expect(one.campaigns.find(campaign.id)).resolves.toMatchObject({
      state: 'paused',
      progress: { waiting: 50 },
    });
    await one.campaigns.resume(campaign.id);

    // Killed while it holds some: their leases end with nobody to renew them.
    const held = [
      await one.queue.claim(),
      await one.queue.claim(),
      await one.queue.claim(),
    ];
    await bench
      .knex('upgrades')
      .where({ state: 'running' })
      .update({ leased_until: new Date(0) });

    // Two replicas share what is left.
    const two = await bench.open();
    const three = await bench.open();
    await Promise.all([two.worker.work(), three.worker.work()]);

    await expect(two.campaigns.find(campaign.id)).resolves.toMatchObject({
      state: 'done',
      progress: { total: 50, waiting: 0, running: 0, merged: 50, failed: 0 },
    });
    // What the dead one says now counts for nothing.
    await expect(one.queue.fail(held[0]!, 'too late')).rejects.toThrow(
      'Another replica',
    );
    for (const name of names) {
      const merges = await bench.git(
        name,
        ...['log', '--format=%(trailers:key=Waymark-Upgrade,valueonly)'],
        ...['--merges', '--all'],
      );
      expect(merges.split('\n').filter(Boolean)).toHaveLength(1);
      await expect(bench.git(name, 'show', 'main:a.txt')).resolves.toContain(
        'FOUR',
      );
    }
    await expect(two.fleet.summary()).resolves.toMatchObject({
      repositories: 50,
      current: 50,
      drifted: 0,
    });
  });

  it('says how many it leaves out, since nobody read them yet', async () => {
    for (const name of names.slice(0, 3)) await bench.scaffold(name, first);
    await bench.publish(second);
    const { reader, campaigns } = await bench.open();
    await reader.refresh();
    await bench
      .knex('services')
      .where('entity_ref', 'like', `%/${names[0]}`)
      .update({ repository: null });
    await expect(
      campaigns.start({ title: 'Nearly all', template }, caller),
    ).resolves.toMatchObject({ progress: { total: 2 }, leftOut: 1 });
  });

  it('upgrades no more once it is cancelled', async () => {
    for (const name of names.slice(0, 3)) await bench.scaffold(name, first);
    await bench.publish(second);
    const { reader, campaigns, worker } = await bench.open();
    await reader.refresh();
    const { id } = await campaigns.start({ title: 'No', template }, caller);
    await campaigns.cancel(id);
    await worker.work();
    await expect(campaigns.find(id)).resolves.toMatchObject({
      state: 'cancelled',
      progress: { cancelled: 3, proposed: 0 },
    });
    await expect(campaigns.resume(id)).rejects.toThrow(
      'The campaign is cancelled',
    );
  });
});

describe('the fleet', () => {
  it('tells versions, drift and coverage, and keeps nothing apart from zero', async () => {
    const empty = await bench.open();
    await expect(empty.fleet.summary()).resolves.toMatchObject({
      repositories: 0,
      coverage: { services: 0 },
    });
    await expect(
      empty.fleet.summary().then(({ coverage }) => 'share' in coverage),
    ).resolves.toBe(false);

    await bench.scaffold('blue-paper', first);
    await bench.scaffold('by-hand');
    const before = await bench.open();
    await before.reader.refresh();
    await bench.scaffold('red-paper', first, 'group:default/checkout');
    await bench.scaffold('new-by-hand');
    const { reader, fleet } = await bench.open();
    await reader.refresh();

    await expect(fleet.summary()).resolves.toMatchObject({
      repositories: 2,
      coverage: { services: 4, onGoldenPath: 2, share: 0.5, target: 0.8 },
      newCoverage: { services: 2, onGoldenPath: 1, share: 0.5 },
      versions: [{ version: '1.0.0', repositories: 2 }],
      owners: [
        { owner: expect.any(String), repositories: 1, current: 1 },
        { owner: expect.any(String), repositories: 1, current: 1 },
      ],
    });
    await expect(
      fleet.list({ owner: 'group:default/checkout' }),
    ).resolves.toMatchObject({
      total: 1,
      items: [{ title: 'red-paper', drift: [], files: 1 }],
    });
    await expect(fleet.find('component:default/by-hand')).rejects.toMatchObject(
      { name: 'NotFoundError' },
    );
  });
});

it.each([
  [
    'of other owners',
    'checkout',
    'is of group:default/checkout, and the catalog',
  ],
  [
    'of another name',
    undefined,
    'does not describe component:default/blue-paper',
  ],
])(
  'lets nobody upgrade a repository whose own file is %s',
  async (_, owner, message) => {
    const { reader, fleet, upgrades } = await outdated();
    await bench.edit(
      'blue-paper',
      'catalog-info.yaml',
      owner
        ? `kind: Component\nmetadata:\n  name: blue-paper\nspec:\n  owner: ${owner}\n`
        : 'kind: Component\nmetadata:\n  name: red-paper\n',
    );
    await bench.knex('services').update({ read_at: null });
    await reader.refresh();
    await expect(fleet.find(entityRef)).resolves.toMatchObject({
      problem: expect.stringContaining(message),
    });
    await expect(upgrades.request({ entityRef }, caller)).rejects.toThrow(
      message,
    );
    await expect(fleet.drift(entityRef)).rejects.toThrow(message);
  },
);

it('the migration goes down and up again with rows in its tables', async () => {
  await outdated();
  const directory = `${__dirname}/../../migrations`;
  await bench.knex.migrate.rollback({ directory }, true);
  await bench.knex.migrate.latest({ directory });
  await expect(bench.knex('services').count()).resolves.toEqual([
    { count: '0' },
  ]);
});
