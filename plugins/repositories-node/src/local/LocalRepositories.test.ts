import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { buffer } from 'node:stream/consumers';
import { LocalRepositories } from './LocalRepositories';
import { LocalRepositoryHost } from './LocalRepositoryHost';

const kept = createMockDirectory();
const workspace = createMockDirectory({
  content: {
    'README.md': '# Ledger\n',
    docs: { 'index.md': '# Docs\n', 'a\tb.md': 'x', deep: { 'er.md': 'y' } },
  },
});
const settings = {
  host: 'local' as const,
  directory: kept.path,
  baseUrl: 'http://localhost:7007',
  anonymousClone: false,
};
const repositories = new LocalRepositories(settings);
const at = { name: 'payments-ledger', ref: 'main' };

beforeAll(async () => {
  const host = await LocalRepositoryHost.create({
    settings,
    logger: mockServices.rootLogger.mock({ child: jest.fn() }),
  });
  for (const name of ['payments-ledger', 'alpha-service', 'zulu-service']) {
    await host.publish({
      name,
      description: 'Keeps the\nledger of payments.',
      directory: workspace.path,
      defaultBranch: 'main',
      commitMessage: 'Create it\n\nWith a body.',
      author: { name: 'Amara Okafor', email: 'amara@larkspur.example' },
      taskId: name,
    });
  }
});

it('names them in order, a page at a time', async () => {
  await expect(repositories.names({ limit: 2 })).resolves.toEqual([
    'alpha-service',
    'payments-ledger',
  ]);
  await expect(
    repositories.names({ after: 'payments-ledger', limit: 2 }),
  ).resolves.toEqual(['zulu-service']);
});

it('describes one by its newest commit', async () => {
  const commit = await repositories.commitOf('payments-ledger', 'main');
  await expect(repositories.describe('payments-ledger')).resolves.toEqual({
    name: 'payments-ledger',
    description: 'Keeps the ledger of payments.',
    defaultBranch: 'main',
    repositoryUrl: 'http://localhost:7007/repositories/payments-ledger',
    cloneUrl: 'http://localhost:7007/api/repositories/git/payments-ledger.git',
    head: {
      commit,
      author: 'Amara Okafor',
      committedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      message: 'Create it',
    },
  });
});

it('lists folders and everything below them', async () => {
  const { entries } = await repositories.tree({ ...at, path: 'docs' });
  expect(entries).toEqual([
    { path: 'docs/a\tb.md', type: 'file', size: 1 },
    { path: 'docs/deep', type: 'folder' },
    { path: 'docs/index.md', type: 'file', size: 7 },
  ]);
  const all = await repositories.tree({ ...at, path: '', recursive: true });
  expect(all.entries.map(({ path }) => path)).toEqual([
    'README.md',
    'docs/a\tb.md',
    'docs/deep/er.md',
    'docs/index.md',
  ]);
});

it('reads a file at a branch and at a commit', async () => {
  const { content, commit } = await repositories.file({
    ...at,
    path: 'docs/index.md',
  });
  expect(content.toString('utf8')).toBe('# Docs\n');
  await expect(
    repositories.file({ ...at, ref: commit, path: 'README.md' }),
  ).resolves.toEqual({ commit, content: Buffer.from('# Ledger\n') });
});

it('streams a folder as an archive', async () => {
  const commit = await repositories.commitOf('payments-ledger', 'main');
  const tar = await buffer(
    await repositories.archive({ name: at.name, commit, path: 'docs' }),
  );
  expect(tar.toString('latin1')).toContain('# Docs');
  expect(tar.toString('latin1')).not.toContain('# Ledger');
  await expect(
    repositories.archive({ name: at.name, commit, path: 'README.md' }),
  ).rejects.toThrow('is a file, not a folder');
});

it.each([
  ['a repository', { ...at, name: 'no-service', path: 'README.md' }],
  ['a branch', { ...at, ref: 'feature', path: 'README.md' }],
  ['a file', { ...at, path: 'missing.md' }],
  ['a folder as a file', { ...at, path: 'docs' }],
])('does not find %s that is not there', async (_, where) => {
  await expect(repositories.file(where)).rejects.toMatchObject({
    name: 'NotFoundError',
  });
});

it.each([
  ['a path upwards', { ...at, path: '../alpha-service.git/config' }],
  ['a path upwards in the middle', { ...at, path: 'docs/../../config' }],
  ['a NUL', { ...at, path: 'docs\0' }],
  ['an option as a branch', { ...at, ref: '--all', path: '' }],
  ['a range as a branch', { ...at, ref: 'main..main', path: '' }],
  ['a path as a name', { ...at, name: '../payments-ledger', path: '' }],
])('refuses %s', async (_, where) => {
  await expect(repositories.file(where)).rejects.toMatchObject({
    name: 'InputError',
  });
});
