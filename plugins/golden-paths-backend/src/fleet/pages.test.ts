import { FleetBench, releaseOf } from '../__testUtils__/FleetBench';

jest.setTimeout(120_000);

const bench = new FleetBench();
const template = 'template:default/paper';

/** Five repositories on as many standings, and one on a version that nobody published. */
async function fleetOfSix() {
  await bench.begin();
  const versions = ['1.0.0', '1.1.0', '1.2.0'];
  for (const [index, version] of versions.entries()) {
    const release = releaseOf(version, { 'a.txt': `${version}\n` });
    await bench.publish(release);
    await bench.scaffold(`a-${index}`, release);
    await bench.scaffold(
      `b-${index}`,
      index === 2 ? releaseOf('9.9.9', {}) : release,
      'group:default/checkout',
    );
  }
  await bench.edit('a-1', 'a.txt', 'ours\n');
  const portal = await bench.open();
  await portal.reader.refresh();
  return portal;
}

const names = ({ items }: { items: { title: string }[] }) =>
  items.map(({ title }) => title);

it('filters and cuts the list where it is kept', async () => {
  const { fleet, services } = await fleetOfSix();
  const members = jest.spyOn(services, 'members');
  const asked = (query: Parameters<typeof fleet.list>[0]) =>
    fleet.list(query).then(page => [names(page), page.total]);

  await expect(asked({ limit: 2, offset: 2 })).resolves.toEqual([
    ['a-2', 'b-0'],
    6,
  ]);
  await expect(asked({ support: 'current' })).resolves.toEqual([['a-2'], 1]);
  await expect(asked({ support: 'supported' })).resolves.toEqual([
    ['a-1', 'b-1'],
    2,
  ]);
  await expect(
    asked({ support: 'deprecated', limit: 1, offset: 1 }),
  ).resolves.toEqual([['b-0'], 2]);
  await expect(asked({ support: 'unknown' })).resolves.toEqual([['b-2'], 1]);
  await expect(asked({ support: 'unsupported' })).resolves.toEqual([[], 0]);
  await expect(asked({ newest: true })).resolves.toEqual([['a-2'], 1]);
  await expect(
    asked({ newest: false, owner: 'group:default/checkout' }),
  ).resolves.toEqual([['b-0', 'b-1', 'b-2'], 3]);
  await expect(asked({ drift: 'changed' })).resolves.toEqual([['a-1'], 1]);
  await expect(
    asked({ drift: 'none', template, version: '1.1.0' }),
  ).resolves.toEqual([['b-1'], 1]);

  await expect(fleet.summary()).resolves.toMatchObject({
    repositories: 6,
    current: 1,
    drifted: 1,
    versions: [
      { version: '9.9.9', repositories: 1 },
      { version: '1.2.0', repositories: 1 },
      { version: '1.1.0', repositories: 2 },
      { version: '1.0.0', repositories: 2 },
    ],
  });
  await expect(fleet.templates()).resolves.toMatchObject([
    {
      versions: [{ repositories: 1 }, { repositories: 2 }, { repositories: 2 }],
    },
  ]);
  // Nothing of it reads the whole fleet.
  expect(members).not.toHaveBeenCalled();
});
