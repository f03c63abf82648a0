import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { useDatabases } from '../__testUtils__/databases';
import { HistoryRunStore } from '../ingest/history/HistoryRunStore';
import { RepositoryAccess } from '../ingest/history/RepositoryAccess';
import type { HistoryOptions } from '../ingest/history/historyFacts';
import { DefaultHistoryService } from './DefaultHistoryService';
import { Environments } from './Environments';
import { FactStore } from './FactStore';
import { Locator } from './Locator';
import { ServiceDirectory } from './ServiceDirectory';

const databases = useDatabases();
const repositories = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-kept-'));
const own = 'http://localhost:7007/api/repositories/git';
const caller = { credentials: mockCredentials.user('user:default/amara') };
const options: HistoryOptions = {
  deployments: 'tags',
  environment: 'production',
};

let knex: Knex;

function git(...args: string[]): void {
  execFileSync('git', ['-C', path.join(repositories, 'shop.git'), ...args], {
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Amara',
      GIT_AUTHOR_EMAIL: 'amara@larkspur.example',
      GIT_COMMITTER_NAME: 'Amara',
      GIT_COMMITTER_EMAIL: 'amara@larkspur.example',
    },
  });
}

beforeAll(async () => {
  knex = await databases.init();
  await knex('entities').insert({
    ref: 'component:default/shop',
    kind: 'component',
    name: 'shop',
    title: 'Shop',
    owner_ref: 'group:default/storefront',
  });

  fs.mkdirSync(path.join(repositories, 'shop.git'));
  git('init', '--quiet', '--bare', '-b', 'main', '.');
  // An empty tree is known to every repository.
  const tree = execFileSync('git', ['hash-object', '-t', 'tree', '/dev/null'], {
    encoding: 'utf8',
  }).trim();
  const sha = execFileSync(
    'git',
    [
      '-C',
      path.join(repositories, 'shop.git'),
      '-c',
      'user.name=Amara',
      '-c',
      'user.email=amara@larkspur.example',
      'commit-tree',
      '-m',
      'Begin',
      tree,
    ],
    { encoding: 'utf8' },
  ).trim();
  git('update-ref', 'refs/heads/main', sha);
  git('tag', 'v1.0.0', sha);
});

afterAll(() => fs.rmSync(repositories, { recursive: true }));

beforeEach(() =>
  knex.raw('truncate history_runs, changes, deployments cascade'),
);

function create(more: object = {}) {
  const directory = ServiceDirectory.create({ knex });
  const stored = jest.fn();
  const service = DefaultHistoryService.create({
    knex,
    runs: new HistoryRunStore(knex),
    access: new RepositoryAccess(
      mockServices.rootConfig({
        data: {
          backend: { baseUrl: 'http://localhost:7007' },
          waymark: {
            repositories: { host: 'local', directory: repositories },
          },
          integrations: {
            gitlab: [
              {
                host: 'git.example',
                apiBaseUrl: 'https://git.example/api/v4',
              },
            ],
          },
          ...more,
        },
      }),
    ),
    directory,
    locator: new Locator({
      directory,
      environments: Environments.create({ knex, aliases: {} }),
    }),
    store: new FactStore(),
    onStored: stored,
    logger: mockServices.logger.mock(),
  });
  return { service, stored };
}

const order = (repository: string, entityRef = 'shop') => ({
  entityRef,
  repository,
  options,
});

it('brings the history of a repository of the portal, again without twice', async () => {
  const { service, stored } = create();
  const { id, state, requestedBy } = await service.order(
    order(`${own}/shop.git`),
    caller,
  );
  expect({ state, requestedBy }).toEqual({
    state: 'waiting',
    requestedBy: 'user:default/amara',
  });
  await service.work();

  expect(await service.find(id)).toMatchObject({
    state: 'done',
    entityRef: 'component:default/shop',
    summary: { commits: 1, tags: 1, changes: 1, deployments: 1 },
    finishedAt: expect.any(String),
  });
  expect(stored).toHaveBeenCalled();

  await service.order(order(`${own}/shop.git`), caller);
  await service.work();
  expect(
    await knex('deployments').select('source', 'external_id', 'ref'),
  ).toEqual([{ source: 'git', external_id: 'tag:v1.0.0', ref: 'v1.0.0' }]);
  expect(await knex('changes').select('title')).toEqual([{ title: 'Begin' }]);
});

it('goes on with what a dead replica had taken, and not for ever', async () => {
  const runs = new HistoryRunStore(knex);
  const { id } = await runs.add({
    ...order(`${own}/shop.git`, 'component:default/shop'),
    requestedBy: 'user:default/amara',
  });
  const { service } = create();
  const expire = () =>
    knex('history_runs').update({
      leased_until: knex.raw(`now() - interval '1 second'`),
    });

  await runs.claim();
  await service.work();
  expect(await service.find(id)).toMatchObject({ state: 'running' });

  await expire();
  await service.work();
  expect(await service.find(id)).toMatchObject({ state: 'done' });

  await knex('history_runs').update({ state: 'running', attempts: 3 });
  await expire();
  await service.work();
  expect(await service.find(id)).toMatchObject({
    state: 'failed',
    message: expect.stringContaining('/api/dora/history/log'),
  });
});

it('says why a repository could not be read', async () => {
  const { service } = create();
  const { id } = await service.order(order(`${own}/no-such-thing`), caller);
  await service.work();
  expect(await service.find(id)).toMatchObject({
    state: 'failed',
    message: 'There is no repository named no-such-thing',
  });
});

it.each([
  ['a path', '/etc', /is not an address/],
  ['a file', 'file:///etc', /only https is read/],
  ['a command', 'ext::sh -c id', /only https is read|is not an address/],
  ['plain http', 'http://git.example/shop', /only https is read/],
  ['credentials', 'https://a:b@git.example/shop', /a user name or password/],
  ['a host of nobody', 'https://github.com/a/b', /does not read from github/],
  ['an internal address', 'https://169.254.169.254/', /does not read from 169/],
])('refuses %s', async (_, repository, message) => {
  const { service } = create();
  await expect(service.order(order(repository), caller)).rejects.toThrow(
    message,
  );
  expect(await knex('history_runs')).toEqual([]);
});

it('never leaves the folder of repositories', async () => {
  const { service } = create();
  const { id } = await service.order(order(`${own}/../../etc`), caller);
  await service.work();
  expect(await service.find(id)).toMatchObject({
    state: 'failed',
    message: expect.stringContaining("cannot be a repository's name"),
  });
});

it('takes a log all or not at all', async () => {
  const { service } = create();
  async function* log(...parts: string[]) {
    for (const part of parts) yield Buffer.from(part);
  }
  const sha = 'a'.repeat(40);
  const head = `head\x1f${sha}\x1e`;
  const commit = `commit\x1f${sha}\x1f\x1f2026-03-01T09:00:00Z\x1f2026-03-01T09:00:00Z\x1fAmara\x1fBegin\x1f\x1e`;

  await expect(
    service.takeLog(log(head, commit, 'and then'), {
      entityRef: 'shop',
      options,
    }),
  ).rejects.toThrow(/ends in the middle/);
  expect(await knex('changes')).toEqual([]);

  expect(
    await service.takeLog(log(head, commit), { entityRef: 'shop', options }),
  ).toMatchObject({
    changes: 1,
    deployments: 0,
    notes: [expect.stringContaining('choose landings')],
  });
  await expect(
    service.takeLog(log(head, commit), { entityRef: 'nobody', options }),
  ).rejects.toThrow('"nobody" is no component of the catalog');
  expect(await knex('changes').select('title')).toEqual([{ title: 'Begin' }]);
});
