import type { DeliverySource } from '@waymark/plugin-dora-node';
import {
  deliveryOf,
  assertNeverCrashes,
  sourceAddedBy,
} from '@waymark/plugin-dora-node/testUtils';
import doraModuleJenkins from '.';
import completed from './__fixtures__/completed.json';
import failed from './__fixtures__/failed.json';
import finalized from './__fixtures__/finalized.json';
import queued from './__fixtures__/queued.json';
import started from './__fixtures__/started.json';
import outdated from './__fixtures__/version-1.8.json';

let source: DeliverySource;
beforeAll(async () => {
  source = await sourceAddedBy(doraModuleJenkins, {
    jenkins: {
      secrets: ['s3'],
      jobs: [
        { name: '*/deploy-production', environment: 'production' },
        {
          name: '*/deploy',
          environmentParameter: 'ENVIRONMENT',
        },
        { name: 'asgard', environment: 'production' },
      ],
    },
  });
});

const read = (payload: unknown) => source.read(deliveryOf(payload));
const buildWith = (build: object, url = completed.url) => ({
  ...completed,
  url,
  build: { ...completed.build, ...build },
});

it('believes who has the password or the key', async () => {
  const withPassword = (password: string) =>
    deliveryOf(started, {
      authorization: `Basic ${Buffer.from(`jenkins:${password}`).toString(
        'base64',
      )}`,
    });
  const now = new Date();
  expect(() => source.verify(withPassword('s3'), now)).not.toThrow();
  expect(() => source.verify(withPassword('s4'), now)).toThrow(/not hold/);
  expect(() => source.verify(deliveryOf(started), now)).toThrow(/Neither/);
  const unset = await sourceAddedBy(doraModuleJenkins);
  expect(() => unset.verify(withPassword(''), now)).toThrow(/No secret/);
});

const fullName = 'shop/order-service/deploy-production';
const deployment = {
  type: 'deployment',
  id: `${fullName}#18`,
  service: { annotation: 'jenkins.io/job-full-name', value: fullName },
  environment: 'production',
  sha: 'c6d86dc654b12425e706bcf951adfe5a8627a517',
  ref: 'origin/main',
  title: `${fullName} #18`,
  url: 'https://jenkins.example.com/job/shop/job/order-service/job/deploy-production/18/',
};

it.each([
  [
    'begins',
    started,
    { status: 'pending', startedAt: '2026-03-01T09:00:00.000Z' },
    '2026-03-01T09:00:00.000Z',
  ],
  [
    'succeeds',
    completed,
    { status: 'success', finishedAt: '2026-03-01T09:02:00.000Z' },
    '2026-03-01T09:02:00.000Z',
  ],
  [
    'is tidied up',
    finalized,
    { status: 'success', finishedAt: '2026-03-01T09:02:01.250Z' },
    '2026-03-01T09:02:01.250Z',
  ],
  [
    'fails',
    failed,
    { status: 'failure', finishedAt: '2026-03-01T09:01:00.000Z' },
    '2026-03-01T09:01:00.000Z',
  ],
])('a deployment %s', (_, payload, said, observedAt) => {
  expect(read(payload)).toEqual({
    kind: 'facts',
    facts: [{ ...deployment, ...said, observedAt }],
  });
});

it.each([
  ['UNSTABLE', 'success'],
  ['ABORTED', 'cancelled'],
])('takes %s for %s', (status, expected) => {
  expect(read(buildWith({ status }))).toMatchObject({
    facts: [{ status: expected }],
  });
});

it('takes the environment from a parameter', () => {
  const url = 'job/shop/job/deploy/';
  expect(
    read(buildWith({ parameters: { ENVIRONMENT: 'staging' } }, url)),
  ).toMatchObject({ facts: [{ environment: 'staging' }] });
  expect(() => read(buildWith({ parameters: {} }, url))).toThrow(
    /build\.parameters\.ENVIRONMENT: is missing/,
  );
});

it('ignores other jobs, and builds that wait', () => {
  expect(read(queued).kind).toBe('ignored');
  expect(read(buildWith({}, 'job/test/'))).toEqual({
    kind: 'ignored',
    reason:
      'The job test is not among dora.sources.jenkins.jobs, so it deploys nothing',
  });
});

it.each([
  ['an old plugin', outdated, /build\.timestamp: /],
  ['no job', buildWith({}, 'view/all/'), /url: view\/all\/ is not the path/],
  ['wrong escapes', buildWith({}, 'job/%E0%A4%A/'), /is not the path/],
  ['escapes of nothing', buildWith({}, 'job/%00/'), /is not the path/],
  [
    'a result of no name',
    buildWith({ status: 'MAYBE' }),
    /build\.status: MAYBE/,
  ],
])('says what was not understood: %s', (_, payload, message) => {
  expect(() => read(payload)).toThrow(message);
});

it('does not start with a job that says nothing of its environment', async () => {
  await expect(
    sourceAddedBy(doraModuleJenkins, { jenkins: { jobs: [{ name: 'a' }] } }),
  ).rejects.toThrow(/a has neither an environment nor/);
});

it('never crashes', () => {
  expect(() =>
    assertNeverCrashes(
      source,
      [started, completed, failed].map(body => deliveryOf(body)),
    ),
  ).not.toThrow();
});
