import type { DeliverySource } from '@waymark/plugin-dora-node';
import {
  deliveryOf,
  assertNeverCrashes,
  sourceAddedBy,
} from '@waymark/plugin-dora-node/testUtils';
import doraModuleArgocd from '.';
import deployed from './__fixtures__/deployed.json';
import syncFailed from './__fixtures__/sync-failed.json';
import syncRunning from './__fixtures__/sync-running.json';

let source: DeliverySource;
beforeAll(async () => {
  source = await sourceAddedBy(doraModuleArgocd, {
    argocd: { secrets: ['s3'] },
  });
});

const read = (payload: unknown) => source.read(deliveryOf(payload));

it('believes who knows the secret', async () => {
  const given = (token: string) =>
    deliveryOf(deployed, { 'x-waymark-token': token });
  const now = new Date();
  expect(() => source.verify(given('s3'), now)).not.toThrow();
  expect(() => source.verify(given('s4'), now)).toThrow(/does not hold/);
  const unset = await sourceAddedBy(doraModuleArgocd);
  expect(() => unset.verify(given(''), now)).toThrow(/No secret/);
});

const deployment = {
  type: 'deployment',
  id: 'argocd/order-service-production@2026-03-01T09:00:00.000Z',
  service: { annotation: 'argocd/app-name', value: 'order-service-production' },
  environment: 'production',
  startedAt: '2026-03-01T09:00:00.000Z',
  sha: 'c6d86dc654b12425e706bcf951adfe5a8627a517',
  title: 'argocd/order-service-production',
  url: 'https://argocd.example.com/applications/argocd/order-service-production',
};

it('believes the application which component it is', () => {
  expect(read({ ...deployed, component: 'order-service' })).toMatchObject({
    facts: [{ service: { entity: 'order-service' } }],
  });
  expect(read({ ...deployed, component: '<no value>' })).toMatchObject({
    facts: [{ service: deployment.service }],
  });
});

it.each([
  [
    'begins',
    syncRunning,
    { status: 'pending', observedAt: '2026-03-01T09:00:00.000Z' },
  ],
  [
    'succeeds',
    deployed,
    {
      status: 'success',
      finishedAt: '2026-03-01T09:01:30.000Z',
      author: 'amara',
      observedAt: '2026-03-01T09:01:30.000Z',
    },
  ],
  [
    'fails',
    syncFailed,
    {
      status: 'failure',
      finishedAt: '2026-03-01T09:00:20.000Z',
      observedAt: '2026-03-01T09:00:20.000Z',
    },
  ],
])('a deployment %s', (_, payload, said) => {
  expect(read(payload)).toEqual({
    kind: 'facts',
    facts: [{ ...deployment, ...said }],
  });
});

it('succeeds only when it is healthy', () => {
  expect(read({ ...deployed, health: 'Degraded' })).toMatchObject({
    facts: [{ status: 'failure' }],
  });
  expect(read({ ...deployed, health: 'Progressing' }).kind).toBe('ignored');
});

it('knows a chart by its version, and a rollback that is called one', () => {
  expect(
    read({ ...deployed, revision: '4.2.0', kind: 'rollback' }),
  ).toMatchObject({ facts: [{ ref: '4.2.0', kind: 'rollback' }] });
});

it.each([
  ['no environment', { environment: '<no value>' }, /environment: is missing/],
  ['an empty environment', { environment: '' }, /environment: is missing/],
  ['an unknown phase', { phase: 'Odd' }, /phase: Odd is none of/],
  ['no start', { startedAt: '<no value>' }, /startedAt: is not a date/],
])('says what was not understood: %s', (_, change, message) => {
  expect(() => read({ ...deployed, ...change })).toThrow(message);
});

it('never crashes', () => {
  expect(() =>
    assertNeverCrashes(
      source,
      [syncRunning, deployed, syncFailed].map(body => deliveryOf(body)),
    ),
  ).not.toThrow();
});
