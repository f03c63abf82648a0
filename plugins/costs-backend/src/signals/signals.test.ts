import { bill } from '../__testUtils__/bill';
import { catalogSays } from '../__testUtils__/catalog';
import { entity } from '../__testUtils__/entities';
import { usePortal, usd } from '../__testUtils__/usePortal';

const entities = [entity('Group', 'ledger'), entity('Group', 'shop')];
const test = usePortal(entities);
let first: object;

beforeAll(async () => {
  first = (await test.portal.get('/signals').expect(200)).body;
});
beforeEach(() => catalogSays(test.knex, entities));
afterEach(async () => {
  test.denied.clear();
  await test.portal.put('/signals', first).expect(200);
});

const charge = (
  ServiceName: string,
  BilledCost: string,
  about: Record<string, string> = {},
) => ({ ServiceName, BilledCost, Tags: '{"team": "ledger"}', ...about });

const bySignal = async (query: Record<string, string> = {}) => {
  const { items } = await test.portal.totals({ groupBy: 'signal', ...query });
  return Object.fromEntries(items.map(({ key, amount }) => [key, amount]));
};

it('tells what providers charge for logs, metrics and traces from all else', async () => {
  await test.portal.import(
    bill(
      [
        charge('AmazonCloudWatch', '1', {
          SkuMeter: 'EUC1-DataProcessing-Bytes',
        }),
        charge('AmazonCloudWatch', '2', {
          SkuId: 'EUC1-CW:MetricMonitorUsage',
        }),
        charge('Amazon Managed Prometheus', '4'),
        charge('AWS X-Ray', '8'),
        charge('Azure Monitor', '16', {
          SkuMeter: 'Analytics Logs Data Ingestion',
        }),
        charge('Azure Monitor', '32', { ChargeDescription: 'Metrics queries' }),
        charge('Cloud Logging', '64'),
        charge('Datadog Pro', '128', { ChargeDescription: 'Indexed Spans' }),
        charge('Datadog Pro', '256', { ChargeDescription: 'Synthetics' }),
        charge('AmazonEC2', '512', { ChargeDescription: 'Logs' }),
      ],
      { version: '1.1' },
    ),
  );
  expect(await bySignal()).toEqual({
    null: '512',
    logs: '81',
    metrics: '38',
    traces: '136',
    other: '256',
  });
});

it('goes with every other dimension, and adds up', async () => {
  await test.portal.import(
    bill([
      charge('Cloud Logging', '1.0000000001'),
      charge('Cloud Logging', '2', { Tags: '{"team": "shop"}' }),
      charge('Cloud Trace', '4', { Tags: '{}' }),
      charge('Compute', '8'),
    ]),
  );
  const { items } = await test.portal.totals({
    groupBy: 'group',
    filter: 'signal=logs',
  });
  expect(items.map(({ key, amount }) => [key, amount])).toEqual([
    ['group:default/shop', '2'],
    ['group:default/ledger', '1.0000000001'],
  ]);
  expect(await bySignal({ filter: 'signal=logs,signal=traces' })).toEqual({
    traces: '4',
    logs: '3.0000000001',
  });
  const { totals } = await test.portal.totals({ filter: 'signal=' });
  expect(totals).toEqual(usd('8'));
  // Members of a team see what their team pays.
  test.denied.add('costs.organisation.read');
  test.groups.push('group:default/shop');
  expect(await bySignal()).toEqual({ logs: '2' });
});

it('is said by rules, which hold at once and take patterns by the letter', async () => {
  await test.portal.import(
    bill([
      charge('A_B 100%', '1'),
      charge('AxB 100%', '2'),
      charge('c\\d', '4'),
    ]),
  );
  const rules = {
    items: [
      { signal: 'logs', service: 'a_b 100%' },
      { signal: 'traces', service: 'c\\*' },
      { signal: 'metrics', service: '*100*', charge: '*' },
    ],
  };
  const { body } = await test.portal.put('/signals', rules).expect(200);
  expect(body).toEqual(rules);
  expect(await bySignal()).toEqual({ logs: '1', metrics: '2', traces: '4' });
  expect(test.audited.at(-1)).toMatchObject({
    eventId: 'signal-rules-set',
    ended: { before: expect.any(Array), after: rules.items },
  });
  await test.portal.put('/signals', { items: [] }).expect(200);
  expect(await bySignal()).toEqual({ null: '7' });
});

it.each([
  [{ items: [{ signal: 'smoke', service: 'a' }] }, /signal/],
  [{ items: [{ signal: 'logs', service: '' }] }, /service/],
  [{ items: [{ signal: 'logs' }] }, /service/],
  [{ items: [{ signal: 'logs', service: 'a', what: 'b' }] }, /what|additional/],
  [{}, /items/],
  [
    {
      items: [
        { signal: 'logs', service: 'A' },
        { signal: 'traces', service: 'a', charge: '*' },
      ],
    },
    /rule 2 is about the same charges as rule 1/,
  ],
])('refuses %j', async (rules, message) => {
  const { body } = await test.portal.put('/signals', rules).expect(400);
  expect(body.error.message).toMatch(message);
  expect((await test.portal.get('/signals')).body).toEqual(first);
});

it('asks for permissions', async () => {
  test.denied.add('costs.rules.update');
  await test.portal.put('/signals', first).expect(403);
  await test.portal.get('/signals').expect(200);
  test.denied.add('costs.read');
  await test.portal.get('/signals').expect(403);
  await test.portal.anonymous('/signals').expect(401);
  expect(test.audited.at(-1)).toMatchObject({ failed: 'NotAllowedError' });
});

it('is nothing that rules of allocation look at', async () => {
  const { body } = await test.portal
    .post('/rules/preview', {
      rules: [
        {
          id: 'a',
          title: 'A',
          by: 'entity',
          entityRef: 'group:default/ledger',
          where: 'signal=logs',
        },
      ],
      from: '2026-01-01',
      to: '2026-02-01',
    })
    .expect(400);
  expect(body.error.message).toMatch(/where can only choose by what bills say/);
});
