import type { DeliverySource } from '@waymark/plugin-dora-node';
import {
  deliveryOf,
  assertNeverCrashes,
  sourceAddedBy,
} from '@waymark/plugin-dora-node/testUtils';
import { createHmac } from 'node:crypto';
import doraModuleGitlab from '.';
import deployment from './__fixtures__/deployment.json';
import incidentClosed from './__fixtures__/incident-closed.json';
import incidentOpened from './__fixtures__/incident-opened.json';
import incidentReopened from './__fixtures__/incident-reopened.json';
import issue from './__fixtures__/issue.json';
import memberAdded from './__fixtures__/member-added.json';
import mergeRequestApproved from './__fixtures__/merge-request-approved.json';
import mergeRequestClosed from './__fixtures__/merge-request-closed.json';
import mergeRequestMerged from './__fixtures__/merge-request-merged.json';
import mergeRequestOpened from './__fixtures__/merge-request-opened.json';
import pipeline from './__fixtures__/pipeline.json';
import push from './__fixtures__/push.json';
import tagPush from './__fixtures__/tag-push.json';

const signingToken = `whsec_${Buffer.from('the key').toString('base64')}`;
let source: DeliverySource;
let configured: DeliverySource;
beforeAll(async () => {
  source = await sourceAddedBy(doraModuleGitlab, {
    gitlab: { secrets: ['s3', signingToken] },
  });
  configured = await sourceAddedBy(doraModuleGitlab, {
    gitlab: {
      annotation: 'gitlab.com/project-id',
      branches: ['release/*'],
      pipelines: [{ ref: 'master', environment: 'production' }],
      incidentLabels: ['API'],
    },
  });
});

const read = (payload: unknown, reader = source) =>
  reader.read(deliveryOf(payload));
const changed = <T extends { object_attributes: object }>(
  payload: T,
  attributes: object,
) => ({
  ...payload,
  object_attributes: { ...payload.object_attributes, ...attributes },
});

describe('verify', () => {
  const now = new Date('2026-03-01T09:00:00Z');
  const seconds = now.getTime() / 1000;
  const signed = (more: {
    key?: string;
    at?: number | string;
    version?: string;
  }) => {
    const { key = 'the key', at = seconds, version = 'v1' } = more;
    const signature = createHmac('sha256', key)
      .update(`m1.${at}.${JSON.stringify(push)}`)
      .digest('base64');
    return deliveryOf(push, {
      'webhook-id': 'm1',
      'webhook-timestamp': String(at),
      'webhook-signature': `v1,b3RoZXI= ${version},${signature}`,
      'x-gitlab-token': 's3',
    });
  };
  const verify = (delivery = signed({})) => source.verify(delivery, now);

  it('believes a fresh signature, and a secret token where none is made', () => {
    expect(() => verify()).not.toThrow();
    expect(() => verify(signed({ at: seconds - 299 }))).not.toThrow();
    expect(() =>
      verify(deliveryOf(push, { 'x-gitlab-token': 's3' })),
    ).not.toThrow();
  });

  it.each([
    ['another key', signed({ key: 'x' }), /does not fit the body/],
    ['another scheme', signed({ version: 'v2' }), /does not fit the body/],
    ['a stale signature', signed({ at: seconds - 301 }), /five minutes/],
    ['one of the future', signed({ at: seconds + 301 }), /five minutes/],
    ['no time', signed({ at: 'soon' }), /missing or malformed/],
    ['a wrong token', deliveryOf(push, { 'x-gitlab-token': 's4' }), /not hold/],
    ['nothing', deliveryOf(push), /X-Gitlab-Token header is missing/],
  ])('refuses %s', (_, delivery, message) => {
    expect(() => verify(delivery)).toThrow(message);
  });

  it('believes nothing without a secret', () => {
    expect(() => configured.verify(signed({ key: '' }), now)).toThrow(
      /No secret is configured/,
    );
  });
});

it('knows a delivery by what stays the same when GitLab tries again', () => {
  expect(
    source.deliveryId(deliveryOf(push, { 'idempotency-key': 'f5e5f430' })),
  ).toBe('f5e5f430');
});

describe('deployments', () => {
  const service = {
    annotation: 'gitlab.com/project-slug',
    value: 'root/test-deployment-webhooks',
  };
  const stated = {
    type: 'deployment',
    id: 'deployment:15',
    service,
    environment: 'staging',
    sha: '279484c09fbe69ededfced8c1bb6e6d24616b468',
    author: 'root',
    title: 'Add new file',
    url: 'http://10.126.0.2:3000/root/test-deployment-webhooks/-/jobs/796',
    observedAt: '2021-04-28T19:50:00.000Z',
  };

  it.each([
    ['running', { status: 'pending', startedAt: stated.observedAt }],
    ['success', { status: 'success', finishedAt: stated.observedAt }],
    ['failed', { status: 'failure', finishedAt: stated.observedAt }],
    ['canceled', { status: 'cancelled', finishedAt: stated.observedAt }],
  ])('are %s', (status, said) => {
    expect(read({ ...deployment, status })).toEqual({
      kind: 'facts',
      facts: [{ ...stated, ...said }],
    });
  });

  it('fall back to the short hash, and to the number of the project', () => {
    expect(read({ ...deployment, commit_url: null }, configured)).toMatchObject(
      {
        facts: [
          {
            sha: '279484c0',
            service: { annotation: 'gitlab.com/project-id', value: '30' },
          },
        ],
      },
    );
  });

  it('are pipelines where the configuration says so', () => {
    expect(read(pipeline).kind).toBe('ignored');
    expect(read(pipeline, configured)).toEqual({
      kind: 'facts',
      facts: [
        {
          type: 'deployment',
          id: 'pipeline:31',
          service: { annotation: 'gitlab.com/project-id', value: '1' },
          environment: 'production',
          status: 'success',
          startedAt: '2016-08-12T15:23:28.000Z',
          finishedAt: '2016-08-12T15:26:29.000Z',
          sha: 'bcbb5ec396a2c0f828686f14fac9b80b780504f2',
          ref: 'master',
          author: 'root',
          title: 'Pipeline for branch: master',
          url: 'http://example.com/gitlab-org/gitlab-test/-/pipelines/31',
          observedAt: '2016-08-12T15:26:29.000Z',
        },
      ],
    });
    expect(
      read(
        changed(pipeline, { status: 'running', finished_at: null }),
        configured,
      ),
    ).toMatchObject({ facts: [{ status: 'pending' }] });
    expect(
      read(changed(pipeline, { source: 'merge_request_event' }), configured)
        .kind,
    ).toBe('ignored');
  });
});

describe('merge requests', () => {
  const stated = {
    type: 'change',
    id: 'mr:1',
    service: {
      annotation: 'gitlab.com/project-slug',
      value: 'gitlabhq/gitlab-test',
    },
    number: '1',
    title: 'MS-Viewport',
    ref: 'ms-viewport',
    openedAt: '2013-12-03T17:23:34.000Z',
    url: 'http://example.com/diaspora/merge_requests/1',
  };

  const at = '2013-12-04T11:00:00.000Z';

  it.each([
    [
      'opened',
      mergeRequestOpened,
      { closedAt: null, observedAt: '2013-12-03T17:23:34.000Z' },
    ],
    ['given up', mergeRequestClosed, { closedAt: at, observedAt: at }],
    [
      'approved',
      mergeRequestApproved,
      {
        firstReviewAt: '2013-12-04T10:00:00.000Z',
        approvedAt: '2013-12-04T10:00:00.000Z',
        closedAt: null,
        observedAt: '2013-12-04T10:00:00.000Z',
      },
    ],
    [
      'merged',
      mergeRequestMerged,
      {
        mergedAt: at,
        mergeSha: 'bcbb5ec396a2c0f828686f14fac9b80b780504f2',
        observedAt: at,
      },
    ],
  ])('are %s', (_, payload, said) => {
    expect(read(payload)).toEqual({
      kind: 'facts',
      facts: [{ ...stated, ...said }],
    });
  });

  it('that were fast-forwarded are held by their last commit', () => {
    expect(
      read(changed(mergeRequestMerged, { merge_commit_sha: null })),
    ).toMatchObject({
      facts: [{ mergeSha: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7' }],
    });
  });

  it('are ignored when for another branch', () => {
    expect(read(mergeRequestOpened, configured).kind).toBe('ignored');
  });
});

describe('pushes', () => {
  const [first, second] = push.commits;

  it('hold a change by commit', () => {
    const at = '2012-01-03T21:36:29.000Z';
    expect(read({ ...push, commits: [second] })).toEqual({
      kind: 'facts',
      facts: [
        {
          type: 'change',
          id: `commit:${second.id}`,
          service: {
            annotation: 'gitlab.com/project-slug',
            value: 'mike/diaspora',
            paths: ['CHANGELOG', 'app/controller/application.rb'],
          },
          title: 'fixed readme',
          author: 'GitLab dev user',
          mergedAt: at,
          mergeSha: second.id,
          firstCommitAt: at,
          commits: [{ sha: second.id, authoredAt: at }],
          url: second.url,
          observedAt: at,
        },
      ],
    });
    expect(read(push)).toMatchObject({
      facts: [{ id: `commit:${first.id}` }, { id: `commit:${second.id}` }],
    });
  });

  it('of a merge hold the commits of its merge request', () => {
    const merge = {
      ...second,
      message:
        "Merge branch 'x' into 'master'\n\nMend\n\nSee merge request mike/diaspora!42",
    };
    expect(read({ ...push, commits: [first, merge] })).toMatchObject({
      facts: [
        {
          id: 'mr:42',
          number: '42',
          mergeSha: second.id,
          firstCommitAt: '2011-12-12T12:27:31.000Z',
          commits: [{ sha: first.id }, { sha: second.id }],
        },
      ],
    });
  });

  it('of other branches, of tags and of nothing are ignored', () => {
    expect(read({ ...push, ref: 'refs/heads/topic' }).kind).toBe('ignored');
    expect(read({ ...push, commits: [] }).kind).toBe('ignored');
    expect(read(tagPush).kind).toBe('ignored');
    expect(
      read({ ...push, ref: 'refs/heads/release/2' }, configured).kind,
    ).toBe('facts');
  });
});

describe('issues', () => {
  const stated = {
    type: 'incident',
    id: 'issue:gitlabhq/gitlab-test#24',
    idIsUnique: true,
    service: {
      annotation: 'gitlab.com/project-slug',
      value: 'gitlabhq/gitlab-test',
    },
    title: 'Checkout is down',
    severity: 'critical',
    createdAt: '2013-12-03T17:15:43.000Z',
    causedBy: { deployment: 'deployment:15' },
    url: 'http://example.com/gitlabhq/gitlab-test/-/issues/incident/24',
  };

  it.each([
    ['opened', incidentOpened, { observedAt: '2013-12-03T17:15:43.000Z' }],
    [
      'closed',
      incidentClosed,
      {
        resolvedAt: '2013-12-03T18:00:00.000Z',
        observedAt: '2013-12-03T18:00:00.000Z',
      },
    ],
    [
      'reopened',
      incidentReopened,
      { resolvedAt: null, observedAt: '2013-12-03T18:10:00.000Z' },
    ],
  ])('are incidents by their type: %s', (_, payload, said) => {
    expect(read(payload)).toEqual({
      kind: 'facts',
      facts: [{ ...stated, ...said }],
    });
  });

  it('are incidents by a label', () => {
    expect(read(issue).kind).toBe('ignored');
    expect(read(issue, configured)).toMatchObject({
      facts: [{ id: 'issue:gitlabhq/gitlab-test#23', severity: 'high' }],
    });
  });

  it('say by labels what service it is, and that no change caused it', () => {
    const labels = [{ title: 'service:shop' }, { title: 'Not-change-related' }];
    expect(
      read(changed(incidentOpened, { labels, severity: 'unknown' })),
    ).toMatchObject({
      facts: [
        {
          service: { entity: 'shop' },
          isChangeRelated: false,
          severity: undefined,
        },
      ],
    });
  });
});

it('ignores what it has no use for', () => {
  expect(read(memberAdded)).toEqual({
    kind: 'ignored',
    reason:
      "GitLab's user_add_to_group event says nothing of deployments, changes or incidents",
  });
});

it('says what was not understood', async () => {
  expect(() => read({})).toThrow(
    'The GitLab webhook is not understood: its body: has neither an object_kind nor an event_name',
  );
  expect(() => read({ ...deployment, status_changed_at: 'now' })).toThrow(
    /^The GitLab deployment event is not understood: status_changed_at: /,
  );
  await expect(
    sourceAddedBy(doraModuleGitlab, { gitlab: { annotation: 'name' } }),
  ).rejects.toThrow(/annotation is name; it may be/);
});

it('never crashes', () => {
  const samples = [
    deployment,
    incidentClosed,
    issue,
    memberAdded,
    mergeRequestApproved,
    mergeRequestMerged,
    pipeline,
    push,
  ].map(payload => deliveryOf(payload));
  expect(() => assertNeverCrashes(source, samples)).not.toThrow();
  expect(() => assertNeverCrashes(configured, samples)).not.toThrow();
});
