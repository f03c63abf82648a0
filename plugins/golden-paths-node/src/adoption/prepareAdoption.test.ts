import {
  portalUrl,
  releaseOf,
  text,
  UpgradeBench,
} from '../__testUtils__/UpgradeBench';
import { recordPath } from '../record/GoldenPathRecord';
import { prepareAdoption } from './prepareAdoption';

const bench = new UpgradeBench();
const name = 'blue-paper';
const portal = { name: 'Waymark', email: 'waymark@larkspur.example' };
const entity = { kind: 'Component', namespace: 'default', name };
const catalogInfo = `# Ours.
kind: Component
metadata:
  name: ${name}
  annotations:
    a.example/b: 'c' # stays
spec: { type: service }
`;
const release = releaseOf('1.0.0', {
  'a.txt': 'theirs\n',
  'same.txt': 'same\n',
  'new.txt': 'new\n',
  'folder/file.txt': 'x\n',
  'file/inner.txt': 'y\n',
  'catalog-info.yaml': 'kind: Component\nmetadata: {name: blue-paper}\n',
});

/** Adopts, and publishes. */
const adopt = (
  more: Partial<Parameters<typeof prepareAdoption>[1]> = {},
  target = release,
) =>
  bench.inCopy(name, async copy => {
    const adoption = await prepareAdoption(copy, {
      when: new Date('2026-11-29T10:00:00Z'),
      author: portal,
      portalUrl,
      release: target,
      answers: { name },
      entity,
      catalogInfoPath: 'catalog-info.yaml',
      ...more,
    });
    if (adoption.moves.length > 0) await copy.publish(adoption.moves);
    return adoption;
  });

beforeEach(async () => {
  bench.clear();
  await bench.create(name, {
    'a.txt': 'ours\n',
    'same.txt': 'same\n',
    'mine.txt': 'mine\n',
    'folder/file.txt/deeper.txt': 'a folder where the template has a file\n',
    file: 'a file where the template has a folder\n',
    'catalog-info.yaml': catalogInfo,
  });
});

it('adds what is not there, keeps what is, and lists what differs', async () => {
  const before = await bench.git(name, 'rev-parse', 'main');
  const adoption = await adopt();
  expect(adoption).toMatchObject({
    branch: 'adopt/paper-1.0.0',
    differing: ['a.txt', 'catalog-info.yaml'],
    blocked: ['file/inner.txt', 'folder/file.txt'],
    changes: [
      { path: recordPath, kind: 'added' },
      { path: 'catalog-info.yaml', kind: 'changed' },
      { path: 'new.txt', kind: 'added' },
    ],
  });
  expect(adoption.summary).toContain('`a.txt` stays as it is.');
  expect(adoption.summary).toContain(
    '`catalog-info.yaml` gets two annotations',
  );
  await expect(bench.git(name, 'rev-parse', 'main')).resolves.toBe(before);
  const files = await bench.files(name, adoption.branch);
  expect(Object.fromEntries(files)).toMatchObject({
    'a.txt': 'ours\n',
    'mine.txt': 'mine\n',
    'new.txt': 'new\n',
    file: 'a file where the template has a folder\n',
    'folder/file.txt/deeper.txt': 'a folder where the template has a file\n',
    'catalog-info.yaml': catalogInfo.replace(
      "    a.example/b: 'c'",
      `    waymark.io/template: "paper"\n    waymark.io/template-version: "1.0.0"\n    a.example/b: 'c'`,
    ),
  });
  await expect(
    bench.git(name, 'log', '-1', '--format=%P', adoption.branch),
  ).resolves.toBe(
    `${before} ${await bench.git(name, 'rev-parse', 'golden-path')}`,
  );
});

it('is upgraded afterwards like one that the template made', async () => {
  await bench.merge(name, await adopt());
  const upgrade = await bench.upgrade(
    name,
    releaseOf('1.1.0', {
      'a.txt': 'theirs\n',
      'same.txt': 'changed\n',
      'new.txt': 'newer\n',
      'catalog-info.yaml': 'kind: Component\nmetadata: {name: blue-paper}\n',
    }),
  );
  expect(upgrade.conflicts).toEqual([]);
  const files = await bench.files(name, upgrade.branch);
  expect(Object.fromEntries(files)).toMatchObject({
    'a.txt': 'ours\n',
    'same.txt': 'changed\n',
    'new.txt': 'newer\n',
  });
  expect(files.get('catalog-info.yaml')).toContain(
    'waymark.io/template-version: "1.1.0"',
  );
});

it('has a conflict where the template changes what the team has otherwise', async () => {
  await bench.merge(name, await adopt());
  const upgrade = await bench.upgrade(
    name,
    releaseOf('1.1.0', { 'a.txt': 'theirs, anew\n' }),
  );
  expect(upgrade.conflicts).toContainEqual({
    path: 'a.txt',
    kind: 'both-changed',
  });
});

it('finds its own work when it is done again', async () => {
  await adopt();
  await expect(adopt()).resolves.toMatchObject({ moves: [] });
});

it('adds no second catalog file where the component has its own elsewhere', async () => {
  await bench.edit(name, [
    { move: 'catalog-info.yaml', to: 'deploy/catalog.yaml' },
  ]);
  const { branch, differing } = await adopt({
    catalogInfoPath: 'deploy/catalog.yaml',
  });
  expect(differing).toContain('catalog-info.yaml');
  const files = await bench.files(name, branch);
  expect(files.has('catalog-info.yaml')).toBe(false);
  expect(files.get('deploy/catalog.yaml')).toContain('waymark.io/template');
});

describe('what is refused leaves the repository as it was', () => {
  it.each([
    [
      'an answer that is lacking',
      async () => {},
      { answers: {} },
      /asks what this repository never answered: name/,
    ],
    [
      'a catalog file of another',
      async () => {},
      { entity: { ...entity, name: 'other-paper' } },
      /does not describe the Component default\/other-paper/,
    ],
    [
      'what is on a golden path',
      () => bench.edit(name, [text(recordPath, '{}')]),
      {},
      /is on a golden path already/,
    ],
    [
      'a branch of renderings that people made',
      () =>
        bench
          .git(name, 'update-ref', 'refs/heads/golden-path', 'refs/heads/main')
          .then(() => undefined),
      {},
      /branch golden-path that no golden path made/,
    ],
    [
      'a branch with other work on it',
      () =>
        bench
          .git(
            name,
            'update-ref',
            'refs/heads/adopt/paper-1.0.0',
            'refs/heads/main',
          )
          .then(() => undefined),
      {},
      /with something else on it/,
    ],
  ])('%s', async (_, prepare, more, message) => {
    await prepare();
    const before = await bench.refs(name);
    await expect(adopt(more)).rejects.toThrow(message);
    await expect(bench.refs(name)).resolves.toBe(before);
  });
});
