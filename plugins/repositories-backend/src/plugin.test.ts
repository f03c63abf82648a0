import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { readContract } from '@waymark/plugin-openapi-node';
import {
  asDocumented,
  documentedRoutes,
  servedRoutes,
} from '@waymark/plugin-openapi-node/testUtils';
import { LocalRepositoryHost } from '@waymark/plugin-repositories-node';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import { promisify } from 'node:util';
import request from 'supertest';
import { repositoriesPlugin } from './plugin';

const run = promisify(execFile);
const kept = createMockDirectory();
const workspace = createMockDirectory({
  content: {
    'README.md': '# Ledger\n',
    'page.html': '<script>alert(1)</script>',
    docs: { 'index.md': '# Docs\n' },
  },
});
const clones = createMockDirectory();

const contract = readContract('@waymark/plugin-repositories-common');
const documented = asDocumented(contract);

const asUser = mockCredentials.user.header();
const userToken = mockCredentials.user.token();

type Around = {
  anonymousClone?: boolean;
  decision?: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
};

function portalAround(options: Around) {
  const { anonymousClone = false, decision = AuthorizeResult.ALLOW } = options;
  return [
    mockServices.rootConfig.factory({
      data: {
        backend: { baseUrl: 'http://localhost:7007' },
        waymark: {
          repositories: {
            host: 'local',
            directory: kept.path,
            anonymousClone,
          },
        },
      },
    }),
    mockServices.permissions.factory({ result: decision }),
  ];
}

async function startPortal(options: Around) {
  const { server } = await startTestBackend({
    features: [repositoriesPlugin, ...portalAround(options)],
  });
  const api = '/api/repositories';
  return {
    get: (path: string, headers: Record<string, string> = {}) =>
      request(server).get(`${api}${path}`).set(headers).expect(documented),
    post: (path: string) =>
      request(server).post(`${api}${path}`).expect(documented),
    urlOf: (name: string, who = '') =>
      `http://${who}localhost:${server.port()}${api}/git/${name}.git`,
  };
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
  for (const name of ['payments-ledger', 'second-service']) {
    await host.publish({
      name,
      description: 'Keeps the ledger.',
      directory: workspace.path,
      defaultBranch: 'main',
      commitMessage: 'Create it',
      author: { name: 'Amara Okafor', email: 'amara@larkspur.example' },
      taskId: name,
    });
  }
});

beforeEach(() => clones.clear());

const clone = (url: string, ...options: string[]) =>
  run('git', [...options, 'clone', '--quiet', url, clones.resolve('clone')], {
    env: { PATH: process.env.PATH, GIT_TERMINAL_PROMPT: '0' },
  });

describe('cloning', () => {
  it.each(['0', '1', '2'])('works with protocol version %s', async version => {
    const { urlOf } = await startPortal({ anonymousClone: true });
    await clone(urlOf('payments-ledger'), '-c', `protocol.version=${version}`);
    await expect(
      fs.readFile(clones.resolve('clone/docs/index.md'), 'utf8'),
    ).resolves.toBe('# Docs\n');
  });

  it('takes a token, as the password, where the anonymous may not', async () => {
    const { urlOf, get } = await startPortal({ anonymousClone: false });
    await expect(clone(urlOf('payments-ledger'))).rejects.toThrow(
      /terminal prompts disabled|Authentication failed/,
    );
    await expect(clone(urlOf('payments-ledger', 'any:wrong@'))).rejects.toThrow(
      /Authentication failed|terminal prompts disabled/,
    );
    await clone(urlOf('payments-ledger', `any:${userToken}@`));
    await expect(fs.readdir(clones.resolve('clone'))).resolves.toContain(
      'README.md',
    );
    const refused = await get(
      '/git/payments-ledger.git/info/refs?service=git-upload-pack',
    );
    expect(refused.status).toBe(401);
    expect(refused.headers['www-authenticate']).toBe('Basic realm="Waymark"');
  });

  it('is refused to those who may not read', async () => {
    const { get } = await startPortal({
      anonymousClone: false,
      decision: AuthorizeResult.DENY,
    });
    const refs = '/git/payments-ledger.git/info/refs?service=git-upload-pack';
    expect((await get(refs, { authorization: asUser })).status).toBe(403);
  });

  it('is read-only', async () => {
    const { get, post } = await startPortal({ anonymousClone: true });
    const announced = await get(
      '/git/payments-ledger.git/info/refs?service=git-receive-pack',
    );
    expect(announced.status).toBe(403);
    expect(announced.body.error.message).toContain('read-only');
    const pushed = await post('/git/payments-ledger.git/git-receive-pack');
    expect(pushed.status).toBe(403);
  });

  it.each([
    ['/git/no-service.git/info/refs?service=git-upload-pack', 404],
    ['/git/..%2fsecond-service.git/info/refs?service=git-upload-pack', 400],
    ['/git/payments-ledger.git/info/refs', 400],
    ['/git/payments-ledger.git/config', 404],
    ['/git/payments-ledger.git/objects/info/packs', 404],
  ])('answers %s with %d', async (path, status) => {
    const { get } = await startPortal({ anonymousClone: true });
    expect((await get(path, { authorization: asUser })).status).toBe(status);
  });

  it('tells a person with a browser what is there and how to clone it', async () => {
    const { get } = await startPortal({ anonymousClone: true });
    const page = await get('/git/payments-ledger.git');
    expect(page.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(page.text).toContain(
      'git clone http://localhost:7007/api/repositories/git/payments-ledger.git payments-ledger',
    );
    expect(page.text).toContain('  docs/');
  });
});

describe('the contract', () => {
  it('holds every route that is served, and no other', async () => {
    const httpRouter = mockServices.httpRouter.mock();
    await startTestBackend({
      features: [repositoriesPlugin, httpRouter.factory, ...portalAround({})],
    });
    const routers = httpRouter.use.mock.calls.map(([router]) => router);
    expect(servedRoutes(...routers)).toEqual(documentedRoutes(contract));
  });
});

describe('reading', () => {
  it('serves the document that it keeps to', async () => {
    const { get } = await startPortal({});
    const { body } = await get('/openapi.json', { authorization: asUser });
    expect(body).toEqual(contract);
  });

  it('lists in pages', async () => {
    const { get } = await startPortal({ anonymousClone: true });
    const headers = { authorization: asUser };
    const first = await get('/?limit=1', headers);
    expect(first.body).toEqual({
      items: [expect.objectContaining({ name: 'payments-ledger' })],
      next: 'payments-ledger',
    });
    const second = await get(`/?limit=1&after=${first.body.next}`, headers);
    expect(second.body).toEqual({
      items: [expect.objectContaining({ name: 'second-service' })],
    });
  });

  it('never serves a page of the portal', async () => {
    const { get } = await startPortal({ anonymousClone: true });
    const raw = await get('/payments-ledger/raw/main/page.html', {
      authorization: asUser,
    });
    expect(raw.text).toBe('<script>alert(1)</script>');
    expect(raw.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });

  it.each([
    ['/payments-ledger', 200],
    ['/payments-ledger/tree/main', 200],
    ['/payments-ledger/tree/main/docs', 200],
    ['/payments-ledger/raw/main/docs/index.md', 200],
    ['/payments-ledger/raw/main/missing', 404],
    ['/payments-ledger/raw/main/..%2f..%2fconfig', 400],
    ['/payments-ledger/tree/--all', 400],
    ['/Payments', 400],
    ['/?limit=0', 400],
    ['/?limit=101', 400],
  ])('answers %s with %d', async (path, status) => {
    const { get } = await startPortal({ anonymousClone: true });
    expect((await get(path, { authorization: asUser })).status).toBe(status);
  });

  it.each(['/', '/payments-ledger', '/payments-ledger/raw/main/README.md'])(
    'refuses %s to those who may not read',
    async path => {
      const { get } = await startPortal({
        anonymousClone: true,
        decision: AuthorizeResult.DENY,
      });
      expect((await get(path, { authorization: asUser })).status).toBe(403);
    },
  );

  it.each(['/payments-ledger', '/git/raw/main/README.md'])(
    'refuses %s to the anonymous, even where they may clone',
    async path => {
      const { get } = await startPortal({ anonymousClone: true });
      const anonymous = { authorization: mockCredentials.none.header() };
      expect((await get(path, anonymous)).status).toBe(401);
    },
  );
});
