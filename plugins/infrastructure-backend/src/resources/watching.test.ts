import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { RequestsService } from '../decisions/RequestsService';
import { usePortal } from '../__testUtils__/usePortal';
import { AuditTrail } from '../audit/AuditTrail';
import { Offerings } from '../offerings/Offerings';
import { PriceBook } from '../offerings/PriceBook';
import { RequestStore } from '../requests/RequestStore';
import { StateGrants } from '../state/StateGrants';
import { DriftWatch } from './DriftWatch';
import { Expiry } from './Expiry';
import path from 'node:path';

const test = usePortal();
const folder = path.join(__dirname, '../__testUtils__');

async function madeThing(wish: object = {}): Promise<string> {
  const amara = test.portal.as('amara');
  const { body } = await amara.ask(wish).expect(202);
  await amara.until(body.id, 'done');
  return body.resourceId;
}

async function look(): Promise<void> {
  const { knex, engine } = test;
  const engines = new Map([[engine.name, engine]]);
  const watch = DriftWatch.create({
    knex,
    audit: new AuditTrail(knex),
    engines,
    logger: mockServices.logger.mock(),
    offerings: await Offerings.read({
      folder: path.join(folder, 'offerings'),
      prices: await PriceBook.read(path.join(folder, 'prices')),
      engines,
    }),
    requests: new RequestStore(knex),
    stateGrants: new StateGrants({ knex, baseUrl: async () => 'http://test' }),
  });
  await watch.look();
}

const letTimePass = () =>
  test.knex('resources').update({
    observed_at: test.knex.raw(`now() - interval '2 hours'`),
  });

const resource = async (id: string) =>
  (await test.portal.as('amara').get(`/resources/${id}`)).body;

describe('drift', () => {
  it('is seen, told with what it would take, and over when it is as wanted again', async () => {
    const id = await madeThing();
    await look();
    expect(await resource(id)).toMatchObject({
      state: 'ready',
      observedAt: expect.any(String),
    });

    const made = test.engine.made.get(id);
    test.engine.made.delete(id);
    await look();
    expect(await resource(id)).toMatchObject({ state: 'ready' });
    await letTimePass();
    await look();
    expect(await resource(id)).toMatchObject({
      state: 'drifted',
      drift: [{ action: 'create', title: 'It is gone' }],
    });

    test.engine.made.set(id, made ?? {});
    await letTimePass();
    await look();
    const back = await resource(id);
    expect(back.state).toBe('ready');
    expect(back).not.toHaveProperty('drift');
  });

  it('can be accepted as it is, until something else is otherwise', async () => {
    const id = await madeThing();
    const amara = test.portal.as('amara');
    const accept = () =>
      amara.post('/requests', { kind: 'accept', resourceId: id });
    await accept().expect(409);
    const larger = (after: string) => ({
      action: 'update' as const,
      address: 'orders-thing',
      title: 'Make it smaller',
      details: [{ field: 'size', before: '2', after }],
    });
    test.engine.otherwise = [larger('1')];
    await look();
    expect((await resource(id)).state).toBe('drifted');

    const { body } = await accept().expect(202);
    const done = await amara.until(body.id, 'done');
    expect(done.plan?.changes).toMatchObject([
      { action: 'keep', title: 'Left as it is: Make it smaller' },
    ]);
    expect(test.engine.applied.get(id)).toBe(1);
    await letTimePass();
    await look();
    expect(await resource(id)).toMatchObject({
      state: 'ready',
      acceptedDrift: [{ address: 'orders-thing' }],
    });

    test.engine.otherwise = [larger('0')];
    await letTimePass();
    await look();
    expect((await resource(id)).state).toBe('drifted');
  });

  it('cannot be accepted when nothing is there', async () => {
    const id = await madeThing();
    test.engine.made.clear();
    await look();
    const amara = test.portal.as('amara');
    const { body } = await amara.post('/requests', {
      kind: 'accept',
      resourceId: id,
    });
    const failed = await amara.until(body.id, 'failed');
    expect(failed.message).toMatch(/Nothing of it was found/);
    expect((await resource(id)).state).toBe('drifted');
  });

  it('is repaired by an update that asks for the same', async () => {
    const id = await madeThing();
    test.engine.made.clear();
    await look();
    const amara = test.portal.as('amara');
    const { body } = await amara.post('/requests', {
      kind: 'update',
      resourceId: id,
    });
    await amara.until(body.id, 'done');
    const repaired = await resource(id);
    expect(repaired.state).toBe('ready');
    expect(repaired).not.toHaveProperty('drift');
    expect(test.engine.made.has(id)).toBe(true);
  });
});

describe('a time to live', () => {
  const send = jest.fn(async () => {});
  const create = jest.fn(async () => 'a request');
  const work = () =>
    new Expiry({
      knex: test.knex,
      requests: { create } as Partial<RequestsService> as RequestsService,
      credentials: async () => mockCredentials.service('plugin:infrastructure'),
      notifications: { send },
      logger: mockServices.logger.mock(),
    }).work();
  const ends = (when: string) =>
    test.knex('resources').update({
      expires_at: test.knex.raw(`now() + interval '${when}'`),
    });

  beforeEach(() => {
    send.mockClear();
    create.mockClear();
  });

  it('is announced once to the owners, and again after it was extended', async () => {
    const id = await madeThing({ timeToLiveDays: 30 });
    await work();
    expect(send).not.toHaveBeenCalled();
    await ends('2 days');
    await work();
    await work();
    expect(send).toHaveBeenCalledTimes(1);
    expect(send).toHaveBeenCalledWith({
      recipients: { type: 'entity', entityRef: 'group:default/ledger' },
      payload: expect.objectContaining({
        // As the page calls what one has to do.
        description: 'Extend it to keep it longer.',
        link: `/infrastructure/resources/${id}`,
      }),
    });
    expect(create).not.toHaveBeenCalled();
  });

  it('is announced later where it could not be at once', async () => {
    await madeThing({ timeToLiveDays: 30 });
    await ends('2 days');
    send.mockRejectedValueOnce(new Error('away'));
    for (let round = 0; round < 3; round += 1) await work();
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('ends with a request like any other', async () => {
    const id = await madeThing({ timeToLiveDays: 1 });
    await ends('-1 minutes');
    await work();
    expect(create).toHaveBeenCalledTimes(1);
    expect(create).toHaveBeenCalledWith(
      expect.objectContaining({ kind: 'destroy', resourceId: id }),
      expect.anything(),
    );
  });
});
