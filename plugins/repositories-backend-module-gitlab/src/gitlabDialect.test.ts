import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  FakeGitHost,
  newRepository,
  openGitHost,
  repositoryHostPromises,
  type ApiRequest,
} from '@waymark/plugin-repositories-node/testUtils';
import { gitlabDialect } from './gitlabDialect';

const kept = createMockDirectory();
const workspace = createMockDirectory({ content: newRepository });
let fake: FakeGitHost;
/** How the last pipeline of every commit stands. */
let pipeline: string | null;

/** The part of GitLab's API that publishing takes. */
function api(gitlab: FakeGitHost, { route, body }: ApiRequest) {
  const [, merged, number] =
    /^PUT \/api\/v4\/projects\/larkspur\/([\w-]+)\/merge_requests\/(\d+)\/merge$/.exec(
      route,
    ) ?? [];
  if (merged) {
    return gitlab.answerAboutMerging(merged, Number(number), String(body.sha));
  }
  if (route.includes('/repository/commits/')) {
    return { status: 200, json: { status: pipeline } };
  }
  const [, method, name, part] =
    /^(\w+) \/api\/v4\/projects\/larkspur\/([\w-]+)(\/\w+)?$/.exec(route) ?? [];
  if (part === '/merge_requests') {
    return gitlab.answerAboutProposals(method, name, {
      branch: body.source_branch as string,
      title: body.title as string,
    });
  }
  if (name) return gitlab.answerAbout(method, name);
  switch (route) {
    case 'GET /api/v4/namespaces/larkspur':
      return { status: 200, json: { id: 7, kind: 'group' } };
    case 'GET /api/v4/user':
      return { status: 200, json: { id: 1 } };
    case 'GET /api/v4/groups/larkspur/projects':
      return {
        status: 200,
        json: [...gitlab.repositories.keys()].map(path => ({ path })),
      };
    case 'POST /api/v4/projects': {
      const made = String(body.path);
      gitlab.repositories.set(made, body.topics as string[]);
      return {
        status: 201,
        json: { id: 3, http_url_to_repo: gitlab.cloneUrl(made) },
      };
    }
    default:
      return { status: 500, json: { message: `${route} is not faked` } };
  }
}

const open = (hostname?: string) =>
  openGitHost({
    kind: 'gitlab',
    dialect: gitlabDialect,
    integration: {
      host: fake.hostname,
      apiBaseUrl: `${fake.url}/api/v4`,
      baseUrl: fake.url,
      token: fake.token,
    },
    hostname,
  });

beforeEach(async () => {
  kept.clear();
  pipeline = null;
  fake = await FakeGitHost.start(kept.path, api);
});

afterEach(() => fake.stop());

it.each(repositoryHostPromises)('%s', async (_, proof) => {
  const { host } = open();
  const git = (name: string, ...args: string[]) => fake.git(name, ...args);
  const { path: directory } = workspace;
  await expect(proof({ host, git, directory })).resolves.toBeUndefined();
});

it('says where a repository is', () => {
  const page = `${fake.url}/larkspur/payments-ledger`;
  expect(
    open().host.urlsFor({ name: 'payments-ledger', defaultBranch: 'main' }),
  ).toEqual({
    repositoryUrl: page,
    cloneUrl: `${page}.git`,
    catalogInfoUrl: `${page}/-/blob/main/catalog-info.yaml`,
  });
});

it('asks with the token of the integration', async () => {
  await expect(open().dialect.headers('payments-ledger')).resolves.toEqual({
    Authorization: `Bearer ${fake.token}`,
  });
});

it('does not start without an integration for the host', () => {
  expect(() => open('other.example')).toThrow(
    'integrations.gitlab has no entry with that host',
  );
});

describe('merging when green', () => {
  async function proposed() {
    const { host } = open();
    await host.publish({
      name: 'payments-ledger',
      description: 'Keeps the ledger.',
      directory: workspace.path,
      defaultBranch: 'main',
      commitMessage: 'Create it',
      author: { name: 'Amara Okafor', email: 'amara@larkspur.example' },
      taskId: 'task-1',
    });
    const copy = await host.open('payments-ledger');
    const commit = copy.branches.get('main')!;
    await copy.publish([
      { branch: 'upgrade', to: commit, expected: undefined },
    ]);
    await copy.close();
    const merge = { name: 'payments-ledger', branch: 'upgrade', commit };
    await host.propose({
      ...merge,
      into: 'main',
      title: 'Upgrade',
      body: 'To the newest.',
    });
    return { host, merge };
  }

  it.each([
    ['none', null],
    ['none', 'skipped'],
    ['pending', 'running'],
    ['pending', 'manual'],
    ['failed', 'failed'],
    ['failed', 'canceled'],
  ])('leaves what is %s: %s', async (state, status) => {
    const { host, merge } = await proposed();
    pipeline = status;
    await expect(host.mergeWhenGreen(merge)).resolves.toEqual({
      checks: { state, notPassed: [] },
      merged: false,
    });
    expect(fake.merged.size).toBe(0);
  });

  it('merges what has passed, the very commit, and once', async () => {
    const { host, merge } = await proposed();
    pipeline = 'success';
    await expect(
      host.mergeWhenGreen({ ...merge, commit: '0'.repeat(40) }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    await expect(host.mergeWhenGreen(merge)).resolves.toEqual({
      checks: { state: 'passed', notPassed: [] },
      merged: true,
    });
    expect([...fake.merged]).toEqual([['upgrade', merge.commit]]);
    await expect(host.mergeWhenGreen(merge)).rejects.toThrow(
      'No request to merge upgrade of payments-ledger is open',
    );
  });

  it('merges nothing when it is only to look', async () => {
    const { host, merge } = await proposed();
    pipeline = 'success';
    await expect(
      host.mergeWhenGreen({ ...merge, onlyLook: true }),
    ).resolves.toMatchObject({ merged: false, checks: { state: 'passed' } });
    expect(fake.merged.size).toBe(0);
  });
});
