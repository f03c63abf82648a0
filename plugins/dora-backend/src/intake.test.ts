import type { Knex } from 'knex';
import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { until } from '@waymark/plugin-testing-node';
import { useDatabases } from './__testUtils__/databases';
import { deployment, entities, lines } from './__testUtils__/example';
import { startPortal, TestSource } from './__testUtils__/portal';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
const source = new TestSource();
let knex: Knex;
let portal: Awaited<ReturnType<typeof startPortal>>;

beforeAll(async () => {
  knex = await databases.init();
  portal = await startPortal({
    knex,
    source,
    denied: new Set(),
    groups: ['group:default/ledger'],
    entities,
  });
});

const deliveredFact = (id: string, more: object = {}) => ({
  ...deployment(id),
  service: { entity: 'payments' },
  observedAt: '2026-03-02T10:00:00Z',
  ...more,
});
const delivery = (...facts: object[]) => JSON.stringify({ facts });

describe('imports', () => {
  it('take what is right and say of each other line what is wrong', async () => {
    const { status, body } = await portal.import(
      [
        JSON.stringify(deployment('import-1')),
        '{"type":"deployment"',
        '[]',
        JSON.stringify(deployment('import-2', { status: 'fine' })),
        '',
        JSON.stringify(
          deployment('import-3', { finishedAt: '2026-02-30T10:00:00Z' }),
        ),
        JSON.stringify(
          deployment('import-4', { finishedAt: '0000-01-01T00:00:00Z' }),
        ),
        JSON.stringify(deployment('import-5', { finishedAt: undefined })),
        JSON.stringify(deployment('import-6', { title: 'a\u0000b' })),
        JSON.stringify(deployment('import-7', { title: 'a\ud800b' })),
        JSON.stringify(
          deployment('import-8', { startedAt: '2026-03-03T10:00:00Z' }),
        ),
        JSON.stringify(deployment('import-9', { service: 'nobody-knows' })),
        JSON.stringify(deployment('import-10', { sha: 'no sha' })),
        JSON.stringify(deployment('import-11', { url: 'ftp://example.com' })),
        JSON.stringify(
          deployment('import-12', {
            finishedAt: '2026-03-01T10:00:00+0530',
            service: 'component:default/payments',
          }),
        ),
        JSON.stringify(
          deployment('import-13', { finishedAt: '2199-01-01T00:00:00Z' }),
        ),
      ].join('\r\n'),
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      lines: 15,
      accepted: 3,
      unmatched: 1,
      rejected: 12,
      errorsTruncated: false,
    });
    expect(body.errors).toEqual(
      Object.entries({
        2: /not JSON/,
        3: /line|type/,
        4: /status/,
        6: /finishedAt/,
        7: /finishedAt/,
        8: /finishedAt/,
        9: /title/,
        10: /title/,
        11: /finishedAt/,
        13: /sha/,
        14: /url/,
        16: /finishedAt: .* is more than a day ahead/,
      }).map(([line, message]) => ({
        line: Number(line),
        message: expect.stringMatching(message),
      })),
    );
    const stored = await knex('deployments').where(
      'external_id',
      'like',
      'import-%',
    );
    expect(stored.map(row => row.external_id).sort()).toEqual([
      'import-1',
      'import-12',
      'import-9',
    ]);
    const unmatched = await portal.get('/unmatched');
    expect(unmatched.body.items).toContainEqual(
      expect.objectContaining({ key: 'nobody-knows', facts: 1 }),
    );
  });

  it('report a line that is too long and go on', async () => {
    const long = JSON.stringify(
      deployment('long', { title: 'x'.repeat(10_000_000) }),
    );
    const { body } = await portal.import(lines(long, deployment('after-long')));
    expect(body).toMatchObject({ accepted: 1, rejected: 1 });
    expect(body.errors[0]).toMatchObject({
      line: 1,
      message: expect.stringMatching(/longer than/),
    });
  });

  it('take nothing when there is nothing', async () => {
    const { status, body } = await portal.import('');
    expect(status).toBe(200);
    expect(body).toMatchObject({ lines: 0, accepted: 0, errors: [] });
  });

  it('list a thousand errors and say that there are more', async () => {
    const { body } = await portal.import('{}\n'.repeat(1200));
    expect(body.rejected).toBe(1200);
    expect(body.errors).toHaveLength(1000);
    expect(body.errorsTruncated).toBe(true);
  });

  it('may break off: what was stored counts, and nothing is harmed', async () => {
    const many = Array.from({ length: 9000 }, (_, index) =>
      JSON.stringify(deployment(`broken-${index}`, { service: 'shop' })),
    );
    const address = portal.server.address();
    const sent = httpRequest({
      port: typeof address === 'object' ? address?.port : undefined,
      method: 'POST',
      path: '/api/dora/import',
      headers: {
        authorization: 'Bearer mock-user-token',
        'transfer-encoding': 'chunked',
      },
    });
    const closed = new Promise(resolve => {
      sent.on('error', () => {}).on('close', resolve);
    });
    sent.write(`${many.join('\n')}\n{"type":"depl`);
    const stored = async () =>
      Number(
        (
          await knex('deployments')
            .where('external_id', 'like', 'broken-%')
            .count('* as count')
        )[0].count,
      );
    // Full batches are stored as they come.
    await until(stored, Boolean);
    sent.destroy();
    await closed;
    await portal.settled();
    const { body } = await portal.get(
      '/metrics?entityRef=component:default/shop&from=2026-03-01&to=2026-03-04',
    );
    expect(body.metrics.deploymentFrequency.n).toBe(await stored());
  });
});

describe('webhooks', () => {
  const counters = async () => (await portal.settled()).sources[0];
  const stateOf = async (id: string) => {
    await portal.settled();
    return (await portal.get(`/inbox/${id}`)).body;
  };

  it('refuse a wrong signature, and count it', async () => {
    const { refused, received } = await counters();
    const { status } = await portal.deliver('w0', delivery(), 'wrong');
    expect(status).toBe(401);
    expect(await counters()).toMatchObject({ refused: refused + 1, received });
  });

  it('know no other source', async () => {
    expect((await portal.post('/webhooks/other')).status).toBe(404);
  });

  it('take a delivery once', async () => {
    const before = await counters();
    const first = await portal.deliver('w1', delivery(deliveredFact('w1')));
    const again = await portal.deliver('w1', delivery(deliveredFact('other')));
    expect(first.status).toBe(202);
    expect(again.status).toBe(202);
    expect(again.body).toEqual({ id: first.body.id, duplicate: true });
    expect(await counters()).toMatchObject({
      received: before.received + 2,
      duplicate: before.duplicate + 1,
      applied: before.applied + 1,
    });
    expect(await knex('deployments').where({ external_id: 'other' })).toEqual(
      [],
    );
  });

  it('keep what is not understood until its mapping is mended', async () => {
    const { body } = await portal.deliver(
      'w2',
      JSON.stringify({ odd: true, facts: [deliveredFact('w2')] }),
    );
    expect(await stateOf(body.id)).toMatchObject({
      state: 'failed',
      message: 'odd: is not known',
    });
    const before = await counters();
    source.mended = true;
    expect((await portal.post(`/inbox/${body.id}/replay`)).status).toBe(200);
    expect(await stateOf(body.id)).toMatchObject({ state: 'applied' });
    expect(await knex('deployments').where({ external_id: 'w2' })).toHaveLength(
      1,
    );
    // It came in once, and has one verdict.
    expect(await counters()).toMatchObject({
      received: before.received,
      failed: before.failed - 1,
      applied: before.applied + 1,
    });
    source.mended = false;
  });

  it('are read again all at once, of one end and one source', async () => {
    const odd = (id: string) =>
      portal.deliver(
        id,
        JSON.stringify({ odd: true, facts: [deliveredFact(id)] }),
      );
    const first = await odd('again-1');
    const second = await odd('again-2');
    const ignored = await portal.deliver('again-3', '{"hello":true}');
    await portal.settled();
    source.mended = true;
    const elsewhere = await portal.post('/inbox/replay', {
      state: 'failed',
      source: 'other',
    });
    expect(elsewhere.body).toEqual({ replayed: 0 });
    const { body, status } = await portal.post('/inbox/replay', {
      state: 'failed',
      source: 'test',
    });
    expect({ status, body }).toEqual({ status: 200, body: { replayed: 2 } });
    for (const { id } of [first.body, second.body])
      expect(await stateOf(id)).toMatchObject({ state: 'applied' });
    expect(await stateOf(ignored.body.id)).toMatchObject({
      state: 'ignored',
      attempts: 1,
    });
    source.mended = false;
  });

  it.each([[{}], [{ state: 'waiting' }], [{ state: 'failed', source: 7 }]])(
    'are not read again all at once for %j',
    async wish => {
      expect((await portal.post('/inbox/replay', wish)).status).toBe(400);
    },
  );

  it('may have an id that no index has room for', async () => {
    const id = randomBytes(3000).toString('hex');
    const first = await portal.deliver(id, delivery(deliveredFact('long')));
    const again = await portal.deliver(id, delivery(deliveredFact('long')));
    expect(first.status).toBe(202);
    expect(again.body).toEqual({ id: first.body.id, duplicate: true });
  });

  it('say why a delivery is ignored, waits or is no JSON', async () => {
    const hello = await portal.deliver('w3', '{"hello":true}');
    expect(await stateOf(hello.body.id)).toMatchObject({
      state: 'ignored',
      message: 'A greeting',
    });
    const unknown = await portal.deliver(
      'w4',
      delivery(deliveredFact('w4', { service: { entity: 'who' } })),
    );
    expect(await stateOf(unknown.body.id)).toMatchObject({
      state: 'unmatched',
      message: 'No catalog entity belongs to who',
    });
    const torn = await portal.deliver('w5', '{"facts":');
    expect(await stateOf(torn.body.id)).toMatchObject({ state: 'failed' });
  });

  it.each([
    ['2999-01-01T00:00:00.000Z', /^finishedAt: .* is more than a day ahead/],
    ['1969-12-31T23:59:59.000Z', /^finishedAt: .* is before 1970/],
  ])('are not taken from %s', async (finishedAt, message) => {
    const { body } = await portal.deliver(
      finishedAt,
      delivery(deliveredFact('elsewhen', { finishedAt })),
    );
    expect(await stateOf(body.id)).toMatchObject({
      state: 'failed',
      message: expect.stringMatching(message),
    });
  });

  it('apply the others beside one that the database refuses', async () => {
    const poison = await portal.deliver(
      'w6',
      delivery(deliveredFact('w6', { finishedAt: 'never' })),
    );
    const good = await portal.deliver('w7', delivery(deliveredFact('w7')));
    const read = (id: string, state: string) =>
      until(
        async () => (await portal.get(`/inbox/${id}`)).body,
        body => body.state === state || body.attempts > 0,
      );
    expect(await read(good.body.id, 'applied')).toMatchObject({
      state: 'applied',
    });
    expect(await read(poison.body.id, 'failed')).toMatchObject({
      message: expect.stringMatching(/could not be stored/),
    });
    await knex('deliveries').where({ id: poison.body.id }).delete();
  });
});
