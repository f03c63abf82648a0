import { mockServices } from '@backstage/backend-test-utils';
import type { Reading } from '@waymark/plugin-dora-node';
import { deliveryOf, sourceAddedBy } from '@waymark/plugin-dora-node/testUtils';
import { createHmac } from 'node:crypto';
import doraModuleGithub from '.';
import { readGithubSettings } from './config';
import { connectHistory } from './connectHistory';
import { GithubHistory } from './GithubHistory';
import { GithubSource } from './GithubSource';

const sourceWith = (github: object = {}) =>
  new GithubSource(
    readGithubSettings(
      mockServices.rootConfig({
        data: { dora: { sources: { github: { secrets: ['s3'], ...github } } } },
      }),
    ),
  );

const repository = {
  full_name: 'larkspur/order-service',
  default_branch: 'main',
};
const service = {
  annotation: 'github.com/project-slug',
  value: 'larkspur/order-service',
};

function read(event: string, payload: object, github?: object): Reading {
  return sourceWith(github).read(
    deliveryOf({ repository, ...payload }, { 'x-github-event': event }),
  );
}

it('joins the sources', async () => {
  const source = await sourceAddedBy(doraModuleGithub);
  expect(source).toMatchObject({ id: 'github', title: 'GitHub' });
});

it('has a history where it may read one', () => {
  const connected = (host: string, token?: string) => {
    const config = mockServices.rootConfig({
      data: { integrations: { github: [{ host: 'github.com', token }] } },
    });
    return connectHistory(config, { ...readGithubSettings(config), host });
  };
  expect(connected('github.com', 't')).toBeInstanceOf(GithubHistory);
  expect(connected('github.com')).toBeUndefined();
  expect(connected('other.example', 't')).toBeUndefined();
});

describe('verify', () => {
  const body = { zen: 'Keep it logically awesome.' };
  const sign = (secret: string) =>
    `sha256=${createHmac('sha256', secret)
      .update(JSON.stringify(body))
      .digest('hex')}`;
  const verify = (signature: string, secrets: string[]) =>
    sourceWith({ secrets }).verify(
      deliveryOf(body, { 'x-hub-signature-256': signature }),
    );

  it('believes a signature under any of the secrets', () => {
    expect(() => verify(sign('old'), ['new', 'old'])).not.toThrow();
  });

  it('refuses others, and everything without a secret', () => {
    expect(() => verify(sign('x'), ['new'])).toThrow(/does not fit the body/);
    expect(() => verify('', ['new'])).toThrow(/header is missing/);
    expect(() => verify(sign(''), [])).toThrow(/No secret is configured/);
  });
});

it('knows a delivery by the id that GitHub gave it', () => {
  expect(
    sourceWith().deliveryId(
      deliveryOf({}, { 'x-github-delivery': '72d3162e' }),
    ),
  ).toBe('72d3162e');
});

it('understands what Backstage’s events service carries without headers', () => {
  const { events } = sourceWith();
  expect(events.topics).toEqual(
    expect.arrayContaining(['github.deployment_status', 'github.push']),
  );
  expect(events.topics).not.toContain('github.ping');
  const issue = { number: 7, title: 'Down', labels: [{ name: 'incident' }] };
  const at = '2026-03-01T09:00:00Z';
  expect(
    sourceWith().read(
      deliveryOf(
        {
          action: 'opened',
          issue: { ...issue, created_at: at, updated_at: at },
          repository,
        },
        events.headersOf('github.issues'),
      ),
    ),
  ).toMatchObject({ kind: 'facts', facts: [{ type: 'incident' }] });
});

it('says what was not understood', () => {
  expect(() => sourceWith().read(deliveryOf({}))).toThrow(
    'The X-GitHub-Event header is missing',
  );
  expect(() => read('push', { ref: 4 })).toThrow(
    /^The GitHub push event is not understood: ref: /,
  );
  const form = {
    headers: {
      'x-github-event': 'push',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: Buffer.from('payload=%7B%7D'),
  };
  expect(() => sourceWith().read(form)).toThrow(/application\/json/);
});

it.each(['star', 'constructor', '__proto__'])('ignores %s events', event => {
  expect(read(event, {})).toEqual({
    kind: 'ignored',
    reason: expect.stringContaining('says nothing of deployments'),
  });
});

describe('deployments', () => {
  const deployment = {
    id: 4711,
    environment: 'production',
    sha: 'A10867B14BB761A232CD80139FBD4C0D33264240',
    ref: 'main',
    task: 'deploy',
    created_at: '2026-03-01T10:00:00+01:00',
    creator: { login: 'amara' },
  };
  const status = (state: string, more: object = {}) =>
    read('deployment_status', {
      deployment: { ...deployment, ...more },
      deployment_status: {
        state,
        created_at: '2026-03-01T09:10:00Z',
        log_url: '',
        target_url: 'https://ci.example/1',
      },
    });
  const stated = {
    type: 'deployment',
    id: 'deployment:4711',
    service,
    environment: 'production',
    sha: 'a10867b14bb761a232cd80139fbd4c0d33264240',
    ref: 'main',
    author: 'amara',
  };

  it('begin', () => {
    expect(read('deployment', { deployment })).toEqual({
      kind: 'facts',
      facts: [
        {
          ...stated,
          status: 'pending',
          startedAt: '2026-03-01T09:00:00.000Z',
          observedAt: '2026-03-01T09:00:00.000Z',
        },
      ],
    });
  });

  it.each([
    ['success', 'success'],
    ['failure', 'failure'],
    ['error', 'failure'],
  ])('end with %s', (state, outcome) => {
    expect(status(state)).toEqual({
      kind: 'facts',
      facts: [
        {
          ...stated,
          status: outcome,
          finishedAt: '2026-03-01T09:10:00.000Z',
          observedAt: '2026-03-01T09:10:00.000Z',
          url: 'https://ci.example/1',
        },
      ],
    });
  });

  it('are under way', () => {
    expect(status('in_progress')).toMatchObject({
      facts: [{ status: 'pending', startedAt: '2026-03-01T09:10:00.000Z' }],
    });
    expect(status('queued')).toMatchObject({
      facts: [expect.not.objectContaining({ finishedAt: expect.anything() })],
    });
  });

  it('are not undone by the next one', () => {
    expect(status('inactive')).toMatchObject({ kind: 'ignored' });
  });

  it('are rollbacks or of one service where they say so', () => {
    expect(
      status('success', {
        task: 'deploy:rollback',
        payload: { catalogEntity: 'component:default/order-worker' },
      }),
    ).toMatchObject({
      facts: [
        {
          kind: 'rollback',
          service: { entity: 'component:default/order-worker' },
        },
      ],
    });
  });
});

describe('workflow runs', () => {
  const run = (more: object = {}, github?: object) =>
    read(
      'workflow_run',
      {
        workflow_run: {
          id: 30433642,
          run_attempt: 2,
          name: 'Deploy to production',
          display_title: 'Round the total once (#41)',
          event: 'push',
          status: 'completed',
          conclusion: 'success',
          head_sha: 'acb5820ced9479c074f688cc328bf03f341a511d',
          head_branch: 'main',
          html_url: 'https://github.com/larkspur/order-service/actions/runs/1',
          created_at: '2026-03-01T08:00:00Z',
          run_started_at: '2026-03-01T09:00:00Z',
          updated_at: '2026-03-01T09:05:00Z',
          actor: { login: 'amara' },
          ...more,
        },
      },
      github,
    );
  const workflows = [{ environment: 'production' }];

  it('are no deployments unless the configuration says so', () => {
    expect(run()).toMatchObject({ kind: 'ignored' });
    expect(run({ name: 'Test' }, { workflows })).toMatchObject({
      kind: 'ignored',
    });
  });

  it('are deployments by their name', () => {
    expect(run({}, { workflows })).toEqual({
      kind: 'facts',
      facts: [
        {
          type: 'deployment',
          id: 'run:30433642:2',
          service,
          environment: 'production',
          status: 'success',
          startedAt: '2026-03-01T09:00:00.000Z',
          finishedAt: '2026-03-01T09:05:00.000Z',
          sha: 'acb5820ced9479c074f688cc328bf03f341a511d',
          ref: 'main',
          author: 'amara',
          title: 'Round the total once (#41)',
          url: 'https://github.com/larkspur/order-service/actions/runs/1',
          observedAt: '2026-03-01T09:05:00.000Z',
        },
      ],
    });
  });

  it.each([
    ['timed_out', 'failure'],
    ['skipped', 'cancelled'],
  ])('that end %s count as %s', (conclusion, status) => {
    expect(run({ conclusion }, { workflows })).toMatchObject({
      facts: [{ status }],
    });
  });

  it('for pull requests are none', () => {
    expect(run({ event: 'pull_request' }, { workflows })).toMatchObject({
      kind: 'ignored',
    });
  });
});

describe('releases', () => {
  const release = (more: object = {}, github?: object, action = 'published') =>
    read(
      'release',
      {
        action,
        release: {
          id: 1,
          tag_name: 'v2.1.0',
          target_commitish: 'main',
          name: null,
          draft: false,
          prerelease: false,
          published_at: '2026-03-01T09:00:00Z',
          ...more,
        },
      },
      github,
    );
  const github = { releaseEnvironment: 'production' };

  it('are deployments where the configuration says so', () => {
    expect(release()).toMatchObject({ kind: 'ignored' });
    expect(release({}, github)).toEqual({
      kind: 'facts',
      facts: [
        {
          type: 'deployment',
          id: 'release:1',
          service,
          environment: 'production',
          status: 'success',
          finishedAt: '2026-03-01T09:00:00.000Z',
          ref: 'v2.1.0',
          title: 'v2.1.0',
          observedAt: '2026-03-01T09:00:00.000Z',
        },
      ],
    });
  });

  it('that are not final are none', () => {
    expect(release({ prerelease: true }, github).kind).toBe('ignored');
    expect(release({}, github, 'deleted').kind).toBe('ignored');
  });
});

it('takes a settings mistake for one', () => {
  expect(() => sourceWith({ workflows: [{}] })).toThrow(/environment/);
  expect(() => sourceWith({ secrets: [''] })).toThrow(/secrets/);
});
