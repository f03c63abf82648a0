import type {
  Handover,
  Order,
  Report,
} from '@waymark/plugin-infrastructure-node';
import { createHmac } from 'node:crypto';
import type { GitopsEngine } from '../GitopsEngine';
import { orderFor, tools, World } from '../__testUtils__/World';

const world = new World();
let engine: GitopsEngine;
beforeEach(async () => {
  world.reset();
  engine = await world.engine();
});

const delivery = (body: unknown, headers: Record<string, string> = {}) => ({
  headers,
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const read = (sender: string, body: unknown) =>
  engine.reporting.read(sender, delivery(body));

const commit = 'c6d86dc654b12425e706bcf951adfe5a8627a517';
const argocd = {
  repository: 'environments',
  path: 'clusters/staging/room/orders',
  revision: commit,
  sync: 'Synced',
  health: 'Healthy',
  phase: 'Succeeded',
  message: 'successfully synced',
  deleted: '<no value>',
  at: '2026-11-29T07:00:00.000Z',
};
const flux = {
  involvedObject: {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    name: 'staging',
    namespace: 'flux-system',
  },
  severity: 'info',
  timestamp: '2026-11-29T07:00:00Z',
  message: 'Reconciliation finished in 1.2s, next run in 10m0s',
  reason: 'ReconciliationSucceeded',
  metadata: { revision: `main@sha1:${commit}`, path: './clusters/staging' },
  reportingController: 'kustomize-controller',
};

describe('who it is from', () => {
  const sign = (secret: string, text: string) =>
    `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`;
  const text = JSON.stringify(flux);
  const verify = (sender: string, headers: Record<string, string>) => () =>
    engine.reporting.verify(sender, delivery(text, headers));

  it.each([
    ['flux', { 'x-signature': sign('s3', text) }],
    ['flux', { 'x-waymark-token': 's3' }],
    ['argocd', { 'x-waymark-token': 's3' }],
    ['argocd', { 'x-waymark-signature': sign('s3', text) }],
    ['github', { 'x-hub-signature-256': sign('s3', text) }],
    ['gitlab', { 'x-gitlab-token': 's3' }],
  ])('%s is believed by %j', (sender, headers) => {
    expect(verify(sender, headers as Record<string, string>)).not.toThrow();
  });

  it.each([
    ['flux', { 'x-signature': sign('s4', text) }],
    ['flux', { 'x-signature': sign('s3', `${text} `) }],
    ['flux', { 'x-signature': sign('s4', text), 'x-waymark-token': 's3' }],
    ['flux', {}],
    ['argocd', { 'x-waymark-token': 's4' }],
    ['argocd', {}],
    ['github', { 'x-hub-signature-256': sign('s4', text) }],
    ['github', { 'x-waymark-token': 's3' }],
    ['github', {}],
    ['gitlab', { 'x-gitlab-token': 's4' }],
    ['gitlab', { 'x-waymark-token': 's3' }],
    ['gitlab', {}],
  ])('%s is not believed by %j', (sender, headers) => {
    expect(verify(sender, headers as Record<string, string>)).toThrow(
      expect.objectContaining({ name: 'AuthenticationError' }),
    );
  });
});

describe('what Argo CD says', () => {
  it('is about a folder and a commit', () => {
    expect(read('argocd', argocd)).toEqual({
      place: 'environments:clusters/staging/room/orders',
      revision: commit,
      state: 'settled',
      message: 'Argo CD says: Synced, Healthy, Succeeded. successfully synced',
      at: argocd.at,
    });
  });

  it.each([
    [{ health: 'Progressing' }, 'working'],
    [{ health: 'Degraded' }, 'failed'],
    [{ sync: 'OutOfSync' }, 'drifted'],
    [{ sync: 'OutOfSync', phase: 'Running' }, 'working'],
    [{ sync: 'OutOfSync', phase: 'Failed' }, 'failed'],
    [{ sync: 'Unknown', phase: '<no value>' }, 'working'],
    [{ deleted: '2026-11-29T07:00:00Z' }, 'settled'],
  ])('%j is %s', (change, state) => {
    expect(read('argocd', { ...argocd, ...change })).toMatchObject({ state });
  });
});

describe('what Flux says', () => {
  it('is about what its Alert names, and a commit', () => {
    expect(read('flux', flux)).toEqual({
      place: 'environments:clusters/staging',
      revision: commit,
      state: 'settled',
      message: `Flux says: ReconciliationSucceeded. ${flux.message}`,
      at: '2026-11-29T07:00:00.000Z',
    });
  });

  it.each([
    [{ reason: 'Progressing' }, 'working'],
    [{ reason: 'HealthCheckFailed', severity: 'error' }, 'failed'],
    [{ reason: 'BuildFailed', severity: 'error' }, 'failed'],
  ])('%j is %s', (change, state) => {
    expect(read('flux', { ...flux, ...change })).toMatchObject({ state });
  });

  it.each([
    [{ reason: 'DependencyNotReady' }],
    [{ involvedObject: { kind: 'GitRepository', name: 'environments' } }],
  ])('%j is of no interest', change => {
    expect(read('flux', { ...flux, ...change })).toBeUndefined();
  });
});

it.each([
  ['argocd', 'not json', /is not JSON/],
  ['argocd', { ...argocd, at: 'yesterday' }, /at/],
  ['argocd', { ...argocd, path: undefined }, /path/],
  ['argocd', { ...argocd, repository: 'other' }, /about the repository other/],
  ['flux', [], /not understood/],
  ['flux', { ...flux, metadata: {} }, /eventMetadata of its Alert/],
])('%s: says what is not understood of %j', (sender, body, message) => {
  expect(() => read(sender, body)).toThrow(message);
});

describe('whether a commit is about what was handed over', () => {
  async function handOver(order: Order): Promise<Handover> {
    const plan = await engine.plan(order, tools());
    const { handover } = await engine.apply(order, plan, tools());
    return handover!;
  }
  const includes = (handover: Handover, revision: string) =>
    engine.reporting.includes(handover, { revision } as Report);
  const tip = () => world.git('rev-parse', 'main');

  it('is told by what is in it', async () => {
    await handOver(orderFor());
    const before = tip();
    const order = orderFor();
    const handover = await handOver(order);
    expect(await includes(handover, before)).toBe(false);
    expect(await includes(handover, tip())).toBe(true);
    // Somebody else's commits do not change that, and are fetched when they are heard of.
    const later = world.edit({ 'README.md': 'Ours.\n' });
    expect(await includes(handover, later)).toBe(true);
    const folder = `clusters/staging/room/${order.resource.name}`;
    const edited = world.edit({ [`${folder}/quota.yaml`]: 'kind: None\n' });
    expect(await includes(handover, edited)).toBe(false);
    for (const unknown of [commit, 'main', '--all', '', 'gone']) {
      expect(await includes(handover, unknown)).toBe(false);
    }
  });

  it('knows that what was to go is gone', async () => {
    const order = orderFor();
    await handOver(order);
    const before = tip();
    const end = await handOver({ ...order, wanted: 'absent' });
    expect(await includes(end, before)).toBe(false);
    expect(await includes(end, tip())).toBe(true);
    expect(await includes(end, 'gone')).toBe(true);
  });
});
