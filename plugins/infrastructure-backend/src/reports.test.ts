import { mockServices } from '@backstage/backend-test-utils';
import type { RequestDetail } from '@waymark/plugin-infrastructure-common';
import path from 'node:path';
import { usePortal } from './__testUtils__/usePortal';
import { AuditTrail } from './audit/AuditTrail';
import { Reservations } from './decisions/Reservations';
import { Cipher } from './encryption/Cipher';
import { Offerings } from './offerings/Offerings';
import { PriceBook } from './offerings/PriceBook';
import { RequestStore } from './requests/RequestStore';
import { DriftWatch } from './resources/DriftWatch';
import { Reports } from './resources/Reports';
import { ReportStore } from './resources/ReportStore';
import { Completion } from './runs/Completion';
import { Outputs } from './runs/Outputs';
import { SinkRules } from './runs/SinkRules';
import { StateGrants } from './state/StateGrants';

const test = usePortal();
const folder = path.join(__dirname, '__testUtils__');
const at = (minute: number) =>
  new Date(Date.UTC(2026, 10, 29, 7, minute)).toISOString();

const place = 'things/staging/orders-thing';
const said = (change: object = {}) => ({
  place,
  revision: 'one',
  state: 'settled',
  message: 'Synced.',
  at: at(1),
  ...change,
});

beforeEach(() => {
  test.engine.revision = 'one';
});

const amara = () => test.portal.as('amara');

/** Asks for a thing, and waits until the engine has handed it over. */
async function handedOver(wish: object = {}): Promise<RequestDetail> {
  const { body } = await amara().ask(wish);
  return amara().until(body.id, 'reconciling');
}

const requestNow = async ({ id }: RequestDetail) =>
  (await amara().get(`/requests/${id}`)).body as RequestDetail;
const resourceNow = async ({ resourceId }: RequestDetail) =>
  (await amara().get(`/resources/${resourceId}`)).body;

it('waits for a report, and says so', async () => {
  const request = await handedOver();
  expect(request).toMatchObject({
    message: 'Handed over; waiting for the cluster.',
    next: { text: expect.stringMatching(/waits to hear of the rest/) },
    may: { cancel: false, retry: false },
  });
  expect(await resourceNow(request)).toMatchObject({ state: 'provisioning' });
  // Nobody changes what is on its way.
  await amara()
    .post('/requests', { kind: 'destroy', resourceId: request.resourceId })
    .expect(409);

  const taken = await test.portal.report(said()).expect(202);
  expect(taken.body).toEqual({ news: true });
  const done = await requestNow(request);
  expect(done.state).toBe('done');
  expect(done).not.toHaveProperty('message');
  expect(await resourceNow(request)).toMatchObject({
    state: 'ready',
    outputs: [
      expect.objectContaining({ name: 'host', value: 'example.test' }),
      expect.objectContaining({ name: 'password' }),
    ],
  });
  const again = await test.portal.report(said()).expect(202);
  expect(again.body).toEqual({ news: false });
  expect(done.history.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['request.handedOver', 'request.done']),
  );
});

it('believes nobody who does not prove who it is', async () => {
  const request = await handedOver();
  await test.portal.report(said(), { 'x-token': 'wrong' }).expect(401);
  await test.portal.report(said(), {}).expect(401);
  expect((await requestNow(request)).state).toBe('reconciling');
  await test.portal.report(said()).expect(202);
  expect((await requestNow(request)).state).toBe('done');
});

it('takes a report that comes before the work is handed over', async () => {
  test.engine.onApply = async () => {
    await test.portal.report(said()).expect(202);
  };
  const { body } = await amara().ask();
  const done = await amara().until(body.id, 'done', 'failed');
  expect(done.state).toBe('done');
});

it('takes no report on something else for its own', async () => {
  const request = await handedOver();
  for (const other of [
    { revision: 'an older one' },
    { place: 'things/staging/orders-thing-2', at: at(2) },
    { place: 'things/production', at: at(2) },
    { state: 'working', message: 'Progressing.', at: at(3) },
  ]) {
    await test.portal.report(said(other)).expect(202);
    expect((await requestNow(request)).state).toBe('reconciling');
  }
  expect((await requestNow(request)).message).toBe(
    'Handed over; waiting for the cluster. Progressing.',
  );
  // What is said of a whole environment counts for what waits in it.
  await test.portal
    .report(said({ place: 'things/staging', at: at(4) }))
    .expect(202);
  expect((await requestNow(request)).state).toBe('done');
});

it('counts the latest report, whichever comes first', async () => {
  const request = await handedOver();
  await test.portal.report(said({ at: at(5) })).expect(202);
  const late = await test.portal
    .report(said({ state: 'failed', message: 'Sync failed.', at: at(4) }))
    .expect(202);
  expect(late.body).toEqual({ news: false });
  expect((await requestNow(request)).state).toBe('done');
});

it('fails with what was reported, and heals when it comes about after all', async () => {
  const request = await handedOver();
  await test.portal
    .report(said({ state: 'failed', message: 'No such kind.' }))
    .expect(202);
  expect(await requestNow(request)).toMatchObject({
    state: 'failed',
    message: 'No such kind.',
    may: { retry: true },
  });
  expect(await resourceNow(request)).toMatchObject({ state: 'failed' });
  await test.portal.report(said({ at: at(2) })).expect(202);
  expect(await requestNow(request)).toMatchObject({ state: 'done' });
  expect(await resourceNow(request)).toMatchObject({ state: 'ready' });
});

it('is gone when that was reported', async () => {
  const request = await handedOver();
  await test.portal.report(said()).expect(202);
  test.engine.revision = 'two';
  const { body } = await amara().post('/requests', {
    kind: 'destroy',
    resourceId: request.resourceId,
  });
  const end = await amara().until(body.id, 'reconciling');
  expect(await resourceNow(end)).toMatchObject({ state: 'destroying' });
  await test.portal.report(said({ revision: 'two', at: at(2) })).expect(202);
  expect(await requestNow(end)).toMatchObject({ state: 'done' });
  expect(await resourceNow(end)).toMatchObject({ state: 'destroyed' });
});

/** What the portal does by itself, to be done at once. */
async function portalParts(patienceMs = 60_000) {
  const { engine, knex } = test;
  const engines = new Map([['test', engine]]);
  const offerings = await Offerings.read({
    folder: path.join(folder, 'offerings'),
    prices: await PriceBook.read(path.join(folder, 'prices')),
    engines,
  });
  const audit = new AuditTrail(knex);
  const requests = new RequestStore(knex);
  const logger = mockServices.logger.mock();
  const cipher = new Cipher([{ id: 'test', secret: 'for tests alone' }]);
  return {
    drift: DriftWatch.create({
      knex,
      audit,
      engines,
      logger,
      offerings,
      requests,
      stateGrants: new StateGrants({ knex, baseUrl: async () => 'http://x' }),
    }),
    reports: Reports.create({
      knex,
      audit,
      engines,
      logger,
      requests,
      store: new ReportStore(knex),
      completion: Completion.create({
        audit,
        offerings,
        outputs: new Outputs(knex, cipher, SinkRules.create([], new Map())),
        requests,
        reservations: new Reservations(knex, {
          default: { quotas: {} },
          groups: {},
        }),
      }),
      patienceMs,
      onChanged: () => {},
    }),
  };
}

it('gives up when nobody reports, and says what to do', async () => {
  const request = await handedOver();
  await (await portalParts()).reports.work();
  expect((await requestNow(request)).state).toBe('reconciling');
  await (await portalParts(-1)).reports.work();
  expect(await requestNow(request)).toMatchObject({
    state: 'failed',
    message: expect.stringMatching(/Nobody reported .* try again or destroy/),
  });
  await test.portal.report(said()).expect(202);
  expect((await requestNow(request)).state).toBe('done');
});

it('waits as long as what was handed over says, where people finish it', async () => {
  const request = await handedOver();
  const patience = (ms: number) =>
    test.knex('resources').update({
      handover: test.knex.raw(
        `handover || jsonb_build_object('patienceMs', ?::int)`,
        [ms],
      ),
    });
  await patience(14 * 86_400_000);
  await (await portalParts(-1)).reports.work();
  expect((await requestNow(request)).state).toBe('reconciling');
  await patience(-1);
  await (await portalParts()).reports.work();
  expect((await requestNow(request)).state).toBe('failed');
});

it('calls a resource drifted while that is what is reported of it', async () => {
  const request = await handedOver();
  await test.portal.report(said()).expect(202);
  const { drift } = await portalParts();

  await test.portal
    .report(said({ state: 'drifted', message: 'OutOfSync.', at: at(2) }))
    .expect(202);
  await drift.look();
  expect(await resourceNow(request)).toMatchObject({
    state: 'drifted',
    drift: [{ action: 'update', address: place, title: 'OutOfSync.' }],
  });
  // What is said of the whole environment is not about this one.
  await test.portal
    .report(said({ place: 'things/staging', at: at(3) }))
    .expect(202);
  await drift.look();
  expect(await resourceNow(request)).toMatchObject({ state: 'drifted' });

  await test.portal.report(said({ at: at(4) })).expect(202);
  await drift.look();
  const well = await resourceNow(request);
  expect(well.state).toBe('ready');
  expect(well).not.toHaveProperty('drift');
});
