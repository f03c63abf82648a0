import { PoliteClient, type Fact } from '@waymark/plugin-dora-node';
import { FakeApi } from '@waymark/plugin-dora-node/testUtils';
import { GithubHistory } from './GithubHistory';

const api = new FakeApi();
beforeAll(() => api.start());
afterAll(() => api.stop());

const sha = (digit: string) => digit.repeat(40);
const base = '/repos/larkspur/order-service';
const since = new Date('2026-01-01T00:00:00Z');

const deployment = (id: number, createdAt: string) => ({
  id,
  environment: 'production',
  sha: sha('a'),
  ref: 'main',
  task: 'deploy',
  created_at: createdAt,
});
const pullRequest = (number: number, updatedAt: string, merged = true) => ({
  number,
  title: `Change ${number}`,
  html_url: `https://github.com/larkspur/order-service/pull/${number}`,
  created_at: '2026-02-01T08:00:00Z',
  updated_at: updatedAt,
  merged_at: merged ? '2026-02-02T08:00:00Z' : null,
  closed_at: '2026-02-02T08:00:00Z',
  merge_commit_sha: sha('b'),
  user: { login: 'amara' },
  head: { ref: 'topic' },
  base: { ref: 'main' },
});
const review = (state: string, at: string, login = 'jonas') => ({
  state,
  submitted_at: at,
  user: { login, type: 'User' },
});

/** GitHub, with two pages of deployments and something of everything else. */
function prepare() {
  api.forget();
  api.at(base, {
    body: { full_name: 'larkspur/order-service', default_branch: 'main' },
  });
  const list = `${base}/deployments?per_page=100&page=`;
  api.at(`${list}1`, {
    headers: { link: `<${api.url}${list}2>; rel="next"` },
    body: [deployment(3, '2026-02-03T09:00:00Z')],
  });
  api.at(`${list}2`, {
    // There is a third page, and nobody asks for it.
    headers: { link: `<${api.url}${list}3>; rel="next"` },
    body: [
      deployment(2, '2026-01-02T09:00:00Z'),
      deployment(1, '2025-12-31T23:59:59Z'),
    ],
  });
  for (const id of [2, 3]) {
    api.at(`${base}/deployments/${id}/statuses?per_page=100`, {
      body: [
        { state: 'success', created_at: '2026-02-03T09:05:00Z' },
        { state: 'inactive', created_at: '2026-02-04T09:05:00Z' },
      ],
    });
  }
  api.at(
    `${base}/pulls?state=closed&sort=updated&direction=desc&per_page=100&page=1`,
    {
      body: [
        pullRequest(41, '2026-02-05T08:00:00Z'),
        pullRequest(40, '2026-02-04T08:00:00Z', false),
      ],
    },
  );
  api.at(`${base}/pulls/41/commits?per_page=100`, {
    body: [
      { sha: sha('2'), commit: { author: { date: '2026-02-01T07:00:00Z' } } },
      { sha: sha('1'), commit: { author: { date: '2026-02-01T06:00:00Z' } } },
    ],
  });
  api.at(`${base}/pulls/41/reviews?per_page=100`, {
    body: [
      review('COMMENTED', '2026-02-01T08:30:00Z', 'amara'),
      review('COMMENTED', '2026-02-01T09:00:00Z'),
      review('APPROVED', '2026-02-01T10:00:00Z'),
      review('APPROVED', '2026-02-01T11:00:00Z', 'priya'),
    ],
  });
  api.at(`${base}/releases?per_page=100&page=1`, {
    body: [
      {
        id: 9,
        tag_name: 'v1',
        draft: false,
        prerelease: false,
        created_at: '2026-02-01T09:00:00Z',
        published_at: '2026-02-01T09:00:00Z',
      },
    ],
  });
  const issue = {
    number: 7,
    title: 'Orders fail',
    created_at: '2026-02-03T09:10:00Z',
    updated_at: '2026-02-03T10:00:00Z',
    closed_at: '2026-02-03T10:00:00Z',
    labels: [{ name: 'incident' }],
  };
  api.at(
    `${base}/issues?state=all&sort=updated&direction=desc&labels=incident&per_page=100&page=1`,
    { body: [issue, { ...issue, number: 8, pull_request: {} }] },
  );
}
beforeEach(prepare);

const history = () =>
  new GithubHistory({
    apiBaseUrl: api.url,
    clientFor: () => new PoliteClient({ headers: async () => ({}) }),
    settings: {
      secrets: [],
      host: 'github.com',
      branches: [],
      workflows: [],
      releaseEnvironment: 'production',
      incidentLabels: ['incident'],
      notChangeRelatedLabels: [],
    },
  });

async function read(cursor?: string) {
  const facts: Fact[] = [];
  const cursors: (string | undefined)[] = [];
  const project = 'larkspur/order-service';
  for await (const page of history().pages({ project, since, cursor })) {
    facts.push(...page.facts);
    cursors.push(page.cursor);
  }
  return { facts, cursors };
}

it('reads what the webhooks would have told', async () => {
  const { facts, cursors } = await read();
  expect(facts.map(({ type, id }) => `${type} ${id}`)).toEqual([
    'deployment deployment:3',
    'deployment deployment:3',
    'deployment deployment:2',
    'deployment deployment:2',
    'change pr:41',
    'deployment release:9',
    'incident issue:larkspur/order-service#7',
  ]);
  expect(facts[1]).toMatchObject({
    status: 'success',
    environment: 'production',
    service: {
      annotation: 'github.com/project-slug',
      value: 'larkspur/order-service',
    },
  });
  expect(facts[4]).toMatchObject({
    mergedAt: '2026-02-02T08:00:00.000Z',
    mergeSha: sha('b'),
    firstCommitAt: '2026-02-01T06:00:00.000Z',
    commits: [{ sha: sha('2') }, { sha: sha('1') }],
    firstReviewAt: '2026-02-01T09:00:00.000Z',
    approvedAt: '2026-02-01T11:00:00.000Z',
    observedAt: '2026-02-05T08:00:00.000Z',
  });
  expect(facts[6]).toMatchObject({ resolvedAt: '2026-02-03T10:00:00.000Z' });
  expect(cursors).toEqual([
    'deployments/2',
    'pull-requests/1',
    'releases/1',
    'issues-1/1',
    undefined,
  ]);
});

it('goes on where it ended', async () => {
  const whole = await read();
  api.asked.length = 0;
  const rest = await read('pull-requests/1');
  expect(rest.facts).toEqual(whole.facts.slice(4));
  expect(api.asked.map(({ url }) => url)).not.toContainEqual(
    expect.stringContaining('/deployments'),
  );
});

it('says what was wrong', async () => {
  await expect(read('deployments/0')).rejects.toThrow(/is not a cursor/);
  await expect(read('stars/1')).rejects.toThrow(/is not a cursor/);
  api.at(`${base}/pulls/41/commits?per_page=100`, { body: [{ sha: 'x' }] });
  await expect(read()).rejects.toThrow(
    /commits is not understood: 0\.sha: is not the hash of a commit/,
  );
  api.forget();
  await expect(read()).rejects.toMatchObject({ name: 'NotFoundError' });
});
