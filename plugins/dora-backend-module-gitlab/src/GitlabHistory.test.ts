import { PoliteClient, type Fact } from '@waymark/plugin-dora-node';
import { FakeApi } from '@waymark/plugin-dora-node/testUtils';
import { GitlabHistory } from './GitlabHistory';

const api = new FakeApi();
beforeAll(() => api.start());
afterAll(() => api.stop());

const sha = (digit: string) => digit.repeat(40);
const base = '/projects/larkspur%2Forder-service';
const since = '2026-01-01T00%3A00%3A00.000Z';
const newest = `order_by=updated_at&sort=desc&updated_after=${since}`;
const merged = `${base}/merge_requests?state=merged&scope=all&${newest}&per_page=100&page=`;

const mergeRequest = (iid: number) => ({
  iid,
  title: `Change ${iid}`,
  state: 'merged',
  source_branch: 'topic',
  target_branch: 'main',
  created_at: '2026-02-01T08:00:00.000Z',
  updated_at: '2026-02-05T08:00:00.000Z',
  merged_at: '2026-02-02T08:00:00.000Z',
  merge_commit_sha: null,
  squash_commit_sha: null,
  sha: sha('c'),
  web_url: `https://gitlab.com/larkspur/order-service/-/merge_requests/${iid}`,
});
const commits = [
  { id: sha('c'), authored_date: '2026-02-01T07:00:00.000Z' },
  { id: sha('d'), authored_date: '2026-02-01T06:00:00.000Z' },
];

/** GitLab, with two pages of merge requests and something of everything else. */
function prepare() {
  api.forget();
  api.at(base, {
    body: {
      id: 30,
      path_with_namespace: 'larkspur/order-service',
      default_branch: 'main',
    },
  });
  api.at(`${base}/deployments?${newest}&per_page=100&page=1`, {
    body: [
      {
        id: 15,
        status: 'success',
        sha: sha('a'),
        ref: 'main',
        created_at: '2026-02-03T09:00:00.000Z',
        updated_at: '2026-02-03T09:06:00.000Z',
        environment: { name: 'production' },
        user: { username: 'amara' },
        deployable: {
          started_at: '2026-02-03T09:01:00.000Z',
          finished_at: '2026-02-03T09:05:00.000Z',
          web_url: 'https://gitlab.com/larkspur/order-service/-/jobs/796',
          commit: { title: 'Round once' },
        },
      },
    ],
  });
  api.at(`${merged}1`, {
    headers: { link: `<${api.url}${merged}2>; rel="next"` },
    body: [mergeRequest(41)],
  });
  api.at(`${merged}2`, { body: [mergeRequest(40)] });
  for (const iid of [40, 41]) {
    api.at(`${base}/merge_requests/${iid}/commits?per_page=100`, {
      body: commits,
    });
  }
  const issue = {
    iid: 7,
    title: 'Orders fail',
    type: 'INCIDENT',
    state: 'closed',
    severity: 'CRITICAL',
    created_at: '2026-02-03T09:10:00.000Z',
    updated_at: '2026-02-03T10:00:00.000Z',
    closed_at: '2026-02-03T09:50:00.000Z',
    labels: ['incident'],
    web_url: 'https://gitlab.com/larkspur/order-service/-/issues/7',
  };
  const issues = `${base}/issues?scope=all&${newest}`;
  const page = 'per_page=100&page=1';
  api.at(`${issues}&issue_type=incident&${page}`, { body: [issue] });
  api.at(`${issues}&labels=incident&${page}`, { body: [] });
}
beforeEach(prepare);

async function read(cursor?: string) {
  const history = new GitlabHistory({
    apiBaseUrl: api.url,
    clientFor: () => new PoliteClient({ headers: async () => ({}) }),
    settings: {
      secrets: [],
      host: 'gitlab.com',
      branches: [],
      annotation: 'gitlab.com/project-slug',
      pipelines: [],
      incidentLabels: ['incident'],
      notChangeRelatedLabels: [],
    },
  });
  const facts: Fact[] = [];
  const cursors: (string | undefined)[] = [];
  const pages = history.pages({
    project: 'larkspur/order-service',
    since: new Date('2026-01-01T00:00:00Z'),
    cursor,
  });
  for await (const page of pages) {
    facts.push(...page.facts);
    cursors.push(page.cursor);
  }
  return { facts, cursors };
}

const service = {
  annotation: 'gitlab.com/project-slug',
  value: 'larkspur/order-service',
};

it('reads what the webhooks would have told', async () => {
  const { facts, cursors } = await read();
  const change = {
    type: 'change',
    id: 'mr:41',
    service,
    number: '41',
    title: 'Change 41',
    ref: 'topic',
    openedAt: '2026-02-01T08:00:00.000Z',
    mergedAt: '2026-02-02T08:00:00.000Z',
    mergeSha: sha('c'),
    firstCommitAt: '2026-02-01T06:00:00.000Z',
    commits: [
      { sha: sha('c'), authoredAt: '2026-02-01T07:00:00.000Z' },
      { sha: sha('d'), authoredAt: '2026-02-01T06:00:00.000Z' },
    ],
    url: 'https://gitlab.com/larkspur/order-service/-/merge_requests/41',
    observedAt: '2026-02-05T08:00:00.000Z',
  };
  expect(facts).toEqual([
    {
      type: 'deployment',
      id: 'deployment:15',
      service,
      environment: 'production',
      status: 'success',
      startedAt: '2026-02-03T09:01:00.000Z',
      finishedAt: '2026-02-03T09:05:00.000Z',
      sha: sha('a'),
      ref: 'main',
      author: 'amara',
      title: 'Round once',
      url: 'https://gitlab.com/larkspur/order-service/-/jobs/796',
      observedAt: '2026-02-03T09:06:00.000Z',
    },
    change,
    {
      ...change,
      id: 'mr:40',
      number: '40',
      title: 'Change 40',
      url: 'https://gitlab.com/larkspur/order-service/-/merge_requests/40',
    },
    {
      type: 'incident',
      id: 'issue:larkspur/order-service#7',
      idIsUnique: true,
      service,
      title: 'Orders fail',
      severity: 'critical',
      createdAt: '2026-02-03T09:10:00.000Z',
      resolvedAt: '2026-02-03T09:50:00.000Z',
      url: 'https://gitlab.com/larkspur/order-service/-/issues/7',
      observedAt: '2026-02-03T10:00:00.000Z',
    },
  ]);
  expect(cursors).toEqual([
    'merge-requests/1',
    'merge-requests/2',
    'incidents/1',
    'issues-1/1',
    undefined,
  ]);
});

it('goes on where it ended', async () => {
  const whole = await read();
  const rest = await read('merge-requests/2');
  expect(rest.facts).toEqual(whole.facts.slice(2));
});
