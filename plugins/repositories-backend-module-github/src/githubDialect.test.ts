import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  FakeGitHost,
  newRepository,
  openGitHost,
  repositoryHostPromises,
  type ApiRequest,
} from '@waymark/plugin-repositories-node/testUtils';
import { githubDialect } from './githubDialect';

const kept = createMockDirectory();
const workspace = createMockDirectory({ content: newRepository });
let fake: FakeGitHost;
/** What ran on every commit. */
let checkRuns: object;
let statuses: object;

/** The part of GitHub's API that publishing takes. */
function api(github: FakeGitHost, { route, body }: ApiRequest) {
  const [, merged, number] =
    /^PUT \/api\/repos\/larkspur\/([\w-]+)\/pulls\/(\d+)\/merge$/.exec(route) ??
    [];
  if (merged) {
    return github.answerAboutMerging(merged, Number(number), String(body.sha));
  }
  if (route.endsWith('/check-runs')) return { status: 200, json: checkRuns };
  if (route.endsWith('/status')) return { status: 200, json: statuses };
  const [, method, name, part] =
    /^(\w+) \/api\/repos\/larkspur\/([\w-]+)(\/\w+)?$/.exec(route) ?? [];
  if (part === '/topics') {
    github.repositories.set(name, body.names as string[]);
    return { status: 200, json: body };
  }
  if (part === '/pulls') {
    return github.answerAboutProposals(method, name, {
      branch: body.head as string,
      title: body.title as string,
    });
  }
  if (name) return github.answerAbout(method, name);
  switch (route) {
    case 'GET /api/users/larkspur':
      return { status: 200, json: { type: 'Organization' } };
    case 'POST /api/orgs/larkspur/repos': {
      const made = String(body.name);
      github.repositories.set(made, []);
      const url = github.cloneUrl(made);
      return { status: 201, json: { clone_url: url, html_url: url } };
    }
    default:
      return { status: 500, json: { message: `${route} is not faked` } };
  }
}

const open = (hostname?: string) =>
  openGitHost({
    kind: 'github',
    dialect: githubDialect,
    integration: {
      host: fake.hostname,
      apiBaseUrl: `${fake.url}/api`,
      token: fake.token,
    },
    hostname,
  });

beforeEach(async () => {
  kept.clear();
  checkRuns = { total_count: 0, check_runs: [] };
  statuses = { state: 'pending', total_count: 0 };
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
  const page = `https://${fake.hostname}/larkspur/payments-ledger`;
  expect(
    open().host.urlsFor({ name: 'payments-ledger', defaultBranch: 'main' }),
  ).toEqual({
    repositoryUrl: page,
    cloneUrl: `${page}.git`,
    catalogInfoUrl: `${page}/blob/main/catalog-info.yaml`,
  });
});

it('asks with the token of the integration', async () => {
  await expect(open().dialect.headers('payments-ledger')).resolves.toEqual({
    Authorization: `Bearer ${fake.token}`,
    accept: 'application/vnd.github+json',
  });
});

it('does not start without an integration for the host', () => {
  expect(() => open('other.example')).toThrow(
    'integrations.github has no entry with that host',
  );
});

describe('merging when green', () => {
  const run = (status: string, conclusion: string | null = null) => ({
    total_count: 1,
    check_runs: [{ name: 'build', status, conclusion }],
  });
  const green = run('completed', 'success');
  const noStatus = { state: 'pending', total_count: 0 };

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
    const merge = {
      name: 'payments-ledger',
      branch: 'upgrade',
      commit,
    };
    await host.propose({
      ...merge,
      into: 'main',
      title: 'Upgrade',
      body: 'To the newest.',
    });
    return { host, merge };
  }

  const scan = (state: string) => ({
    state,
    total_count: 1,
    statuses: [{ context: 'scan', state }],
  });

  it.each([
    ['none', [], { total_count: 0, check_runs: [] }, noStatus],
    ['pending', ['build'], run('in_progress'), noStatus],
    ['pending', ['scan'], green, scan('pending')],
    ['pending', [], { ...green, total_count: 200 }, noStatus],
    ['failed', ['build'], run('completed', 'timed_out'), noStatus],
    ['failed', ['scan'], green, scan('error')],
  ])('leaves what is %s, by %j', async (state, notPassed, runs, combined) => {
    const { host, merge } = await proposed();
    checkRuns = runs;
    statuses = combined;
    await expect(host.mergeWhenGreen(merge)).resolves.toEqual({
      checks: { state, notPassed },
      merged: false,
    });
    expect(fake.merged.size).toBe(0);
  });

  it('merges what has passed, the very commit, and once', async () => {
    const { host, merge } = await proposed();
    checkRuns = green;
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
    checkRuns = green;
    await expect(
      host.mergeWhenGreen({ ...merge, onlyLook: true }),
    ).resolves.toMatchObject({ merged: false, checks: { state: 'passed' } });
    expect(fake.merged.size).toBe(0);
  });
});
