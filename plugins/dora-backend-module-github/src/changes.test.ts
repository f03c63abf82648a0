import type { Fact } from '@waymark/plugin-dora-node';
import type { GithubSettings } from './config';
import { readIssue } from './issue';
import { readPullRequest } from './pullRequest';
import { readPullRequestReview } from './pullRequestReview';
import { readPush } from './push';

const settings: GithubSettings = {
  secrets: [],
  host: 'github.com',
  branches: [],
  workflows: [],
  incidentLabels: ['incident'],
  notChangeRelatedLabels: ['not-change-related'],
};
const repository = {
  full_name: 'larkspur/order-service',
  default_branch: 'main',
};
const service = {
  annotation: 'github.com/project-slug',
  value: 'larkspur/order-service',
};
const sha = (digit: string) => digit.repeat(40);

describe('pull requests', () => {
  const pullRequest = {
    number: 41,
    title: 'Round the total once',
    html_url: 'https://github.com/larkspur/order-service/pull/41',
    created_at: '2026-03-01T08:00:00Z',
    updated_at: '2026-03-02T09:00:00Z',
    merged_at: null,
    closed_at: null,
    merge_commit_sha: sha('b'),
    user: { login: 'amara' },
    head: { ref: 'rounding' },
    base: { ref: 'main' },
  };
  const stated = {
    type: 'change',
    id: 'pr:41',
    service,
    number: '41',
    title: 'Round the total once',
    author: 'amara',
    ref: 'rounding',
    openedAt: '2026-03-01T08:00:00.000Z',
    url: 'https://github.com/larkspur/order-service/pull/41',
    observedAt: '2026-03-02T09:00:00.000Z',
  };
  const read = (more: object = {}, given: Partial<GithubSettings> = {}) =>
    readPullRequest(
      {
        action: 'closed',
        repository,
        pull_request: { ...pullRequest, ...more },
      },
      { ...settings, ...given },
    );
  const closed = { closed_at: '2026-03-02T09:00:00Z' };

  it('are changes before they are merged', () => {
    expect(read()).toEqual({
      kind: 'facts',
      facts: [{ ...stated, closedAt: null }],
    });
  });

  it('are merged with the commit that holds them', () => {
    expect(read({ ...closed, merged_at: '2026-03-02T08:59:59Z' })).toEqual({
      kind: 'facts',
      facts: [
        {
          ...stated,
          mergedAt: '2026-03-02T08:59:59.000Z',
          mergeSha: sha('b'),
        },
      ],
    });
  });

  it('are known to be given up', () => {
    expect(read(closed)).toEqual({
      kind: 'facts',
      facts: [{ ...stated, closedAt: '2026-03-02T09:00:00.000Z' }],
    });
  });

  it('are ignored when for another branch', () => {
    expect(read({ base: { ref: 'release/2' } }).kind).toBe('ignored');
    expect(
      read({ base: { ref: 'release/2' } }, { branches: ['release/*'] }).kind,
    ).toBe('facts');
  });

  const review = (login: string, type: string, state = 'approved') =>
    readPullRequestReview(
      {
        action: 'submitted',
        repository,
        pull_request: pullRequest,
        review: {
          state,
          submitted_at: '2026-03-01T12:00:00Z',
          user: { login, type },
        },
      },
      settings,
    );

  it('are reviewed and approved by somebody else', () => {
    expect(review('jonas', 'User')).toMatchObject({
      facts: [
        {
          id: 'pr:41',
          firstReviewAt: '2026-03-01T12:00:00.000Z',
          approvedAt: '2026-03-01T12:00:00.000Z',
          observedAt: '2026-03-01T12:00:00.000Z',
        },
      ],
    });
    expect(review('jonas', 'User', 'commented')).toMatchObject({
      facts: [expect.not.objectContaining({ approvedAt: expect.anything() })],
    });
    expect(review('amara', 'User', 'commented').kind).toBe('ignored');
    expect(review('linter', 'Bot', 'commented').kind).toBe('ignored');
  });
});

describe('pushes', () => {
  const commit = (digit: string, message: string, minute: number) => ({
    id: sha(digit),
    message,
    timestamp: `2026-03-01T09:${String(minute).padStart(2, '0')}:00+01:00`,
    url: `https://github.com/larkspur/order-service/commit/${sha(digit)}`,
    author: { name: 'Amara', username: 'amara' },
    added: [],
    modified: [`services/${digit}/index.ts`],
    removed: ['README.md'],
  });
  const read = (commits: object[], more: object = {}) =>
    readPush(
      {
        ref: 'refs/heads/main',
        repository: { ...repository, pushed_at: 1772355600 },
        commits,
        ...more,
      },
      settings,
    );
  const pushedAt = '2026-03-01T09:00:00.000Z';

  it('of a merge hold the commits of its pull request', () => {
    const reading = read([
      commit('1', 'Round late', 1),
      commit('2', 'Round once', 0),
      commit('3', 'Merge pull request #41 from larkspur/x\n\nRound well', 9),
      commit('4', 'Log the total (#42)\n\nSquashed', 8),
      commit('5', 'Mend the build', 7),
    ]);
    expect(reading).toEqual({
      kind: 'facts',
      facts: [
        {
          type: 'change',
          id: 'pr:41',
          number: '41',
          title: 'Round well',
          service: {
            ...service,
            paths: [
              'services/1/index.ts',
              'README.md',
              'services/2/index.ts',
              'services/3/index.ts',
            ],
          },
          mergedAt: pushedAt,
          mergeSha: sha('3'),
          firstCommitAt: '2026-03-01T08:00:00.000Z',
          commits: [
            { sha: sha('1'), authoredAt: '2026-03-01T08:01:00.000Z' },
            { sha: sha('2'), authoredAt: '2026-03-01T08:00:00.000Z' },
            { sha: sha('3'), authoredAt: '2026-03-01T08:09:00.000Z' },
          ],
          observedAt: pushedAt,
        },
        {
          type: 'change',
          id: 'pr:42',
          number: '42',
          title: 'Log the total (#42)',
          service: { ...service, paths: ['services/4/index.ts', 'README.md'] },
          mergedAt: pushedAt,
          mergeSha: sha('4'),
          observedAt: pushedAt,
        },
        {
          type: 'change',
          id: `commit:${sha('5')}`,
          title: 'Mend the build',
          author: 'amara',
          service: { ...service, paths: ['services/5/index.ts', 'README.md'] },
          mergedAt: pushedAt,
          mergeSha: sha('5'),
          firstCommitAt: '2026-03-01T08:07:00.000Z',
          commits: [{ sha: sha('5'), authoredAt: '2026-03-01T08:07:00.000Z' }],
          url: `https://github.com/larkspur/order-service/commit/${sha('5')}`,
          observedAt: pushedAt,
        },
      ],
    });
  });

  it('to other branches, of tags, of nothing and of deletions are ignored', () => {
    const commits = [commit('1', 'Round late', 1)];
    expect(read(commits, { ref: 'refs/heads/topic' }).kind).toBe('ignored');
    expect(read(commits, { ref: 'refs/tags/main' }).kind).toBe('ignored');
    expect(read(commits, { deleted: true }).kind).toBe('ignored');
    expect(read([]).kind).toBe('ignored');
  });
});

describe('issues', () => {
  const read = (
    labels: string[],
    more: { action?: string; label?: string; issue?: object } = {},
  ) =>
    readIssue(
      {
        action: more.action ?? 'opened',
        repository,
        ...(more.label && { label: { name: more.label } }),
        issue: {
          number: 7,
          title: 'Orders fail',
          body: 'Caused by deployment 4711.',
          html_url: 'https://github.com/larkspur/order-service/issues/7',
          created_at: '2026-03-01T09:00:00Z',
          updated_at: '2026-03-01T09:30:00Z',
          closed_at: null,
          labels: labels.map(name => ({ name })),
          ...more.issue,
        },
      },
      settings,
    );
  const factIn = (...given: Parameters<typeof read>): Fact => {
    const reading = read(...given);
    if (reading.kind === 'ignored') throw new Error(reading.reason);
    return reading.facts[0];
  };

  it('are incidents by their label', () => {
    expect(read(['bug']).kind).toBe('ignored');
    expect(read(['Incident', 'sev1', 'service:order-worker'])).toEqual({
      kind: 'facts',
      facts: [
        {
          type: 'incident',
          id: 'issue:larkspur/order-service#7',
          idIsUnique: true,
          service: { entity: 'order-worker' },
          title: 'Orders fail',
          severity: '1',
          createdAt: '2026-03-01T09:00:00.000Z',
          causedBy: { deployment: 'deployment:4711' },
          url: 'https://github.com/larkspur/order-service/issues/7',
          observedAt: '2026-03-01T09:30:00.000Z',
        },
      ],
    });
  });

  it('are resolved and opened again', () => {
    const issue = { closed_at: '2026-03-01T09:30:00Z' };
    expect(factIn(['incident'], { action: 'closed', issue })).toMatchObject({
      resolvedAt: '2026-03-01T09:30:00.000Z',
    });
    expect(factIn(['incident'], { action: 'reopened' })).toMatchObject({
      resolvedAt: null,
    });
  });

  it('were caused by no change where a label says so, or is taken away', () => {
    const isRelated = (...given: Parameters<typeof read>) => {
      const fact = factIn(...given);
      return fact.type === 'incident' && fact.isChangeRelated;
    };
    const unlabeled = 'unlabeled';
    expect(isRelated(['incident'])).toBeUndefined();
    expect(isRelated(['incident', 'not-change-related'])).toBe(false);
    expect(
      isRelated(['incident'], {
        action: unlabeled,
        label: 'not-change-related',
      }),
    ).toBe(true);
    expect(isRelated(['bug'], { action: unlabeled, label: 'incident' })).toBe(
      false,
    );
    expect(
      isRelated(['incident'], { action: 'labeled', label: 'incident' }),
    ).toBe(true);
  });

  it('end when they lose the label, and begin again when they get it back', () => {
    expect(
      factIn(['bug'], { action: 'unlabeled', label: 'incident' }),
    ).toMatchObject({ resolvedAt: '2026-03-01T09:30:00.000Z' });
    expect(
      factIn(['incident'], { action: 'labeled', label: 'incident' }),
    ).toMatchObject({ resolvedAt: null });
    // Another label changes nothing of that.
    expect(
      factIn(['incident'], { action: 'labeled', label: 'sev1' }),
    ).not.toHaveProperty('isChangeRelated');
  });

  it('that are deleted stay as they were', () => {
    expect(read(['incident'], { action: 'deleted' }).kind).toBe('ignored');
  });
});
