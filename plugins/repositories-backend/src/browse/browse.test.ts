import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { readContract } from '@waymark/plugin-openapi-node';
import { asDocumented } from '@waymark/plugin-openapi-node/testUtils';
import { LocalRepositoryHost } from '@waymark/plugin-repositories-node';
import request from 'supertest';
import { repositoriesPlugin } from '../plugin';

const documented = asDocumented(
  readContract('@waymark/plugin-repositories-common'),
);
const kept = createMockDirectory();
const workspace = createMockDirectory({
  content: {
    'README.md': '# Ledger\n',
    'big.txt': 'x'.repeat(512 * 1024 + 1),
    'icon.bin': Buffer.from([1, 0, 2]),
    docs: { 'index.md': '# Docs\n' },
  },
});

async function startPortal(
  decision:
    | AuthorizeResult.ALLOW
    | AuthorizeResult.DENY = AuthorizeResult.ALLOW,
) {
  const { server } = await startTestBackend({
    features: [
      repositoriesPlugin,
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost:7007' },
          waymark: {
            repositories: { host: 'local', directory: kept.path },
          },
        },
      }),
      mockServices.permissions.factory({ result: decision }),
    ],
  });
  return (path: string) =>
    request(server)
      .get(`/api/repositories${path}`)
      .set({ authorization: mockCredentials.user.header() })
      .expect(documented);
}

beforeAll(async () => {
  const host = await LocalRepositoryHost.create({
    settings: {
      host: 'local',
      directory: kept.path,
      baseUrl: 'http://localhost:7007',
      anonymousClone: false,
    },
    logger: mockServices.rootLogger.mock({ child: jest.fn() }),
  });
  await host.publish({
    name: 'ledger',
    description: 'Keeps the ledger.',
    directory: workspace.path,
    defaultBranch: 'main',
    commitMessage: 'Create it',
    author: { name: 'Amara Okafor', email: 'amara@larkspur.example' },
    taskId: 'ledger',
  });
});

describe('looking at a repository', () => {
  it('shows a folder in parts, folders first', async () => {
    const get = await startPortal();
    const { body } = await get('/ledger/browse/main?limit=2');
    expect(body).toMatchObject({ type: 'folder', path: '', totalItems: 4 });
    expect(body.entries).toEqual([
      { path: 'docs', type: 'folder' },
      { path: 'README.md', type: 'file', size: 9 },
    ]);
    const rest = await get('/ledger/browse/main?limit=2&offset=2');
    expect(rest.body.entries.map(({ path }: { path: string }) => path)).toEqual(
      ['big.txt', 'icon.bin'],
    );
  });

  it('shows the text of a file', async () => {
    const get = await startPortal();
    const { body } = await get('/ledger/browse/main?path=docs/index.md');
    expect(body).toMatchObject({
      type: 'file',
      path: 'docs/index.md',
      size: 7,
      text: '# Docs\n',
    });
  });

  it('says why it shows no text', async () => {
    const get = await startPortal();
    const large = await get('/ledger/browse/main?path=big.txt');
    expect(large.body).toMatchObject({ withheld: 'too-large', size: 524289 });
    expect(large.body).not.toHaveProperty('text');
    const binary = await get('/ledger/browse/main?path=icon.bin');
    expect(binary.body).toMatchObject({ withheld: 'binary', size: 3 });
  });

  it('tells the history', async () => {
    const get = await startPortal();
    const { body } = await get('/ledger/commits/main');
    expect(body).toEqual({
      totalItems: 1,
      items: [
        {
          commit: expect.stringMatching(/^[0-9a-f]{40}$/),
          author: 'Amara Okafor',
          committedAt: expect.stringMatching(/^\d{4}-/),
          message: 'Create it',
        },
      ],
    });
    const beyond = await get('/ledger/commits/main?offset=5');
    expect(beyond.body).toEqual({ totalItems: 1, items: [] });
  });

  it.each([
    ['/none/browse/main', 404],
    ['/ledger/browse/none', 404],
    ['/ledger/browse/main?path=none', 404],
    ['/ledger/browse/main?path=../../config', 400],
    ['/ledger/browse/--all', 400],
    ['/ledger/browse/main?limit=1001', 400],
    ['/ledger/browse/main?offset=-1', 400],
    ['/ledger/commits/--all', 400],
    ['/ledger/commits/main?limit=many', 400],
  ])('answers %s with %d', async (path, status) => {
    const get = await startPortal();
    expect((await get(path)).status).toBe(status);
  });

  it.each(['/ledger/browse/main', '/ledger/commits/main'])(
    'refuses %s to those who may not read',
    async path => {
      const get = await startPortal(AuthorizeResult.DENY);
      expect((await get(path)).status).toBe(403);
    },
  );
});
