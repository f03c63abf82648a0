import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { LocalRepositoryHost } from '@waymark/plugin-repositories-node';
import fs from 'node:fs/promises';
import { LocalUrlReader } from './LocalUrlReader';

const kept = createMockDirectory();
const workspace = createMockDirectory({
  content: {
    'catalog-info.yaml': 'kind: Component\n',
    'mkdocs.yml': 'site_name: Ledger\n',
    docs: { 'index.md': '# Docs\n' },
    services: {
      one: { 'catalog-info.yaml': 'kind: API\n' },
      two: { 'catalog-info.yaml': 'kind: Resource\n' },
    },
  },
});
const baseUrl = 'http://localhost:7007';
const root = `${baseUrl}/api/repositories/payments-ledger/raw/main/`;

// As the portal has it: one reader among all of upstream's.
const reader = UrlReaders.default({
  config: mockServices.rootConfig({
    data: {
      backend: { baseUrl },
      waymark: { repositories: { host: 'local', directory: kept.path } },
    },
  }),
  logger: mockServices.logger.mock(),
  factories: [LocalUrlReader.factory],
});

beforeAll(async () => {
  const host = await LocalRepositoryHost.create({
    settings: {
      host: 'local',
      directory: kept.path,
      baseUrl,
      anonymousClone: false,
    },
    logger: mockServices.rootLogger.mock({ child: jest.fn() }),
  });
  await host.publish({
    name: 'payments-ledger',
    description: 'Keeps the ledger.',
    directory: workspace.path,
    defaultBranch: 'main',
    commitMessage: 'Create it',
    author: { name: 'Amara Okafor', email: 'amara@larkspur.example' },
    taskId: 'task-1',
  });
});

it('reads a file, once for every commit', async () => {
  const url = `${root}catalog-info.yaml`;
  const { buffer, etag } = await reader.readUrl(url);
  expect((await buffer()).toString('utf8')).toBe('kind: Component\n');
  expect(etag).toMatch(/^[0-9a-f]{40}$/);
  await expect(reader.readUrl(url, { etag })).rejects.toMatchObject({
    name: 'NotModifiedError',
  });
});

it('reads the whole tree into a folder, as the docs need it', async () => {
  const tree = await reader.readTree(root);
  const folder = await tree.dir();
  await expect(fs.readdir(folder)).resolves.toEqual([
    'catalog-info.yaml',
    'docs',
    'mkdocs.yml',
    'services',
  ]);
  await fs.rm(folder, { recursive: true });
  await expect(
    reader.readTree(root, { etag: tree.etag }),
  ).rejects.toMatchObject({ name: 'NotModifiedError' });
});

it('reads a folder of it', async () => {
  const files = await (await reader.readTree(`${root}docs/`)).files();
  expect(files.map(({ path }) => path)).toEqual(['index.md']);
  expect((await files[0].content()).toString('utf8')).toBe('# Docs\n');
});

it('finds files by a pattern, and one by its name', async () => {
  const found = await reader.search(`${root}services/*/catalog-info.yaml`);
  expect(found.files.map(({ url }) => url)).toEqual([
    `${root}services/one/catalog-info.yaml`,
    `${root}services/two/catalog-info.yaml`,
  ]);
  expect((await found.files[1].content()).toString('utf8')).toBe(
    'kind: Resource\n',
  );
  const one = await reader.search(`${root}catalog-info.yaml`);
  expect(one.files).toHaveLength(1);
});

it('says what it does not find', async () => {
  const missing = { name: 'NotFoundError' };
  const url = `${root}missing.yaml`;
  await expect(reader.readUrl(url)).rejects.toMatchObject(missing);
  await expect(reader.search(url)).rejects.toMatchObject(missing);
  await expect(reader.readTree(`${root}missing/`)).rejects.toMatchObject(
    missing,
  );
});

it('leaves every other URL of the portal alone', async () => {
  await expect(
    reader.readUrl(`${baseUrl}/api/catalog/entities`),
  ).rejects.toMatchObject({ name: 'NotAllowedError' });
});
