import type { RepositoryHost } from '@waymark/plugin-repositories-node';
import { FleetBench, releaseOf } from '../__testUtils__/FleetBench';

jest.setTimeout(120_000);

const bench = new FleetBench();
const first = releaseOf('1.0.0', { 'a.txt': 'one\n' });

/** Two repositories that are behind, on a host that notes which copies are open. */
async function outdated() {
  await bench.begin();
  await bench.publish(first);
  await bench.scaffold('blue-paper', first);
  await bench.scaffold('red-paper', first);
  await bench.publish(releaseOf('1.1.0', { 'a.txt': 'two\n' }));
  const opened: string[] = [];
  let open = 0;
  let most = 0;
  const noting = (host: RepositoryHost) =>
    Object.assign(Object.create(host), {
      urlsFor: host.urlsFor.bind(host),
      async open(name: string) {
        opened.push(name);
        open += 1;
        most = Math.max(most, open);
        const copy = await host.open(name);
        return Object.assign(Object.create(copy), {
          repository: copy.repository,
          defaultBranch: copy.defaultBranch,
          branches: copy.branches,
          async close() {
            await copy.close();
            open -= 1;
          },
        });
      },
    }) as RepositoryHost;
  const portal = await bench.open({ around: noting });
  await portal.reader.refresh();
  opened.length = 0;
  most = 0;
  return {
    opened,
    mostAtOnce: () => most,
    leftOpen: () => open,
    preview: (name: string) =>
      portal.upgrades.preview(`component:default/${name}`),
  };
}

it('opens one copy for all who ask in the same moment', async () => {
  const { preview, opened, mostAtOnce, leftOpen } = await outdated();
  const [one, ...others] = await Promise.all(
    Array.from({ length: 5 }, () => preview('blue-paper')),
  );
  expect(one.changes).toContainEqual({ path: 'a.txt', kind: 'changed' });
  for (const other of others) expect(other).toBe(one);
  expect(opened).toEqual(['blue-paper']);
  expect(mostAtOnce()).toBe(1);
  expect(leftOpen()).toBe(0);

  await Promise.all([preview('blue-paper'), preview('red-paper')]);
  expect(opened.slice(1).sort()).toEqual(['blue-paper', 'red-paper']);
});

it('merges again only when the repository went on', async () => {
  const { preview } = await outdated();
  const before = await preview('blue-paper');
  await expect(preview('blue-paper')).resolves.toBe(before);
  await bench.edit('blue-paper', 'a.txt', 'mine\n');
  const after = await preview('blue-paper');
  expect(before.conflicts).toEqual([]);
  expect(after.conflicts).toMatchObject([{ path: 'a.txt' }]);
});

it('looks again after a look that failed', async () => {
  const { preview } = await outdated();
  const head = await bench.git('blue-paper', 'rev-parse', 'main');
  await bench.remove('blue-paper', '.golden-path.json');
  await expect(preview('blue-paper')).rejects.toThrow('no .golden-path.json');
  await bench.git('blue-paper', 'update-ref', 'refs/heads/main', head);
  await expect(preview('blue-paper')).resolves.toMatchObject({ to: '1.1.0' });
});
