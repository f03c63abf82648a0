import { ServiceUnavailableError } from '@backstage/errors';
import type { RepositoryHost } from '@waymark/plugin-repositories-node';
import { FleetBench, releaseOf } from '../__testUtils__/FleetBench';

jest.setTimeout(120_000);

const bench = new FleetBench();
const first = releaseOf('1.0.0', { 'a.txt': 'one\n' });

beforeEach(async () => {
  await bench.begin();
  await bench.publish(first);
});

/** The annotation without the record: whoever may edit the catalog file writes it. */
async function claimed(name: string) {
  await bench.scaffold(name, first);
  await bench.remove(name, '.golden-path.json');
}

const shown = (items: { entityRef: string; standing: string }[]) =>
  items.map(({ entityRef, standing }) => [
    entityRef.replace('component:default/', ''),
    standing,
  ]);

it('counts what has a record, and not what only says that it is on a golden path', async () => {
  await bench.scaffold('a-paper', first);
  await claimed('b-claims');
  await bench.scaffold('c-by-hand');
  await bench.scaffold('d-exempt', undefined, 'group:default/checkout');
  const { reader, fleet } = await bench.open();
  await reader.refresh();
  const [last] = await bench
    .knex('services')
    .where('entity_ref', 'like', '%d-exempt');
  await bench.knex('exceptions').insert({
    entity_ref: last.entity_ref,
    title: 'D',
    kind: 'golden-path',
    reason: 'It is bought.',
    until: '2999-01-01',
    state: 'granted',
    asked_by: 'user:default/amara',
  });

  const { coverage, owners } = await fleet.summary();
  expect(coverage).toEqual({
    services: 3,
    onGoldenPath: 1,
    unread: 1,
    exempt: 1,
    target: 0.8,
    share: 1 / 3,
  });
  // A team without any repository on a golden path is a team as well.
  expect(owners).toMatchObject([
    {
      owner: 'group:default/ledger',
      repositories: 2,
      coverage: { services: 3, onGoldenPath: 1, unread: 1 },
    },
    {
      owner: 'group:default/checkout',
      repositories: 0,
      coverage: { services: 0, exempt: 1 },
    },
  ]);
  expect('share' in owners[1].coverage).toBe(false);

  const { items, total } = await fleet.services({});
  expect(total).toBe(4);
  expect(shown(items)).toEqual([
    ['a-paper', 'on'],
    ['b-claims', 'unread'],
    ['c-by-hand', 'off'],
    ['d-exempt', 'exempt'],
  ]);
  expect(items[1].problem).toContain('no .golden-path.json');
  await expect(
    fleet.services({ standing: 'off' }).then(page => shown(page.items)),
  ).resolves.toEqual([['c-by-hand', 'off']]);
  await expect(
    fleet.services({ limit: 1, offset: 2 }).then(page => shown(page.items)),
  ).resolves.toEqual([['c-by-hand', 'off']]);

  await bench.scaffold('e-young');
  await (await bench.open()).reader.refresh();
  await expect(
    fleet.services({ isNew: true }).then(page => shown(page.items)),
  ).resolves.toEqual([['e-young', 'off']]);
});

it('goes on counting what a host that is away does not show', async () => {
  await bench.scaffold('a-paper', first);
  const before = await bench.open();
  await before.reader.refresh();

  const away = (host: RepositoryHost) =>
    Object.assign(Object.create(host), {
      urlsFor: host.urlsFor.bind(host),
      open: () => Promise.reject(new ServiceUnavailableError('It is away')),
    }) as RepositoryHost;
  const { reader, fleet } = await bench.open({ around: away });
  await bench.knex('services').update({ read_at: null });
  await reader.refresh();
  await expect(fleet.find('component:default/a-paper')).resolves.toMatchObject({
    problem: 'It is away',
  });
  await expect(fleet.summary()).resolves.toMatchObject({
    unread: 1,
    coverage: { services: 1, onGoldenPath: 1, unread: 0 },
  });
});
