import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { sum } from '@waymark/plugin-costs-common';
import {
  billSourcesExtensionPoint,
  type BillSource,
  type FocusRow,
} from '@waymark/plugin-costs-node';
import allocations from './__fixtures__/allocations.json';
import { FakeOpencost } from './__fixtures__/FakeOpencost';
import module from './index';

const month = {
  start: new Date('2026-03-01'),
  end: new Date('2026-04-01'),
  until: new Date('2026-03-03'),
};
const opencost = new FakeOpencost();
const answer = opencost.answer;
let url: string;

beforeAll(async () => {
  url = await opencost.start();
});
afterAll(() => opencost.stop());
afterEach(() => {
  opencost.asked.length = 0;
  opencost.authorized.length = 0;
  opencost.answer = answer;
});

/** The sources that the module adds when the settings say this. */
async function sourcesOf(...entries: object[]): Promise<BillSource[]> {
  const sources: BillSource[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [billSourcesExtensionPoint, { addSource: one => sources.push(one) }],
    ],
    features: [
      module,
      mockServices.rootConfig.factory({
        data: { costs: { sources: { opencost: entries } } },
      }),
    ],
  });
  await backend.stop();
  return sources;
}

async function rowsOf(settings: object = {}): Promise<FocusRow[]> {
  const [source] = await sourcesOf({ source: 'opencost', url, ...settings });
  const rows: FocusRow[] = [];
  for await (const row of source.rows(month, new AbortController().signal)) {
    rows.push(row);
  }
  return rows;
}

const of = (rows: FocusRow[], name: string) =>
  rows.filter(({ ResourceName }) => ResourceName === name);

it('tells workloads apart, by day and by what they used', async () => {
  const rows = await rowsOf();
  expect(opencost.asked.map(one => one.searchParams.get('window'))).toEqual([
    '2026-03-01T00:00:00Z,2026-03-02T00:00:00Z',
    '2026-03-02T00:00:00Z,2026-03-03T00:00:00Z',
  ]);
  expect(opencost.asked[0].pathname).toBe('/allocation/compute');
  expect(
    of(rows, 'gateway').map(row => [
      row.SkuId,
      row.EffectiveCost,
      row.ConsumedQuantity,
      row.ConsumedUnit,
    ]),
  ).toEqual([
    ['cpu', '0.0696572', '2.52', 'Core-Hours'],
    ['ram', '0.01151940463', '2919235584', 'Byte-Hours'],
    ['pv', '0.001315068493', '25769803776', 'Byte-Hours'],
    ['network', '0.00000019', '2107032', 'Bytes'],
    ['load-balancer', '0.6', null, null],
    ['shared', '0.2', null, null],
  ]);
  const [cpu] = of(rows, 'gateway');
  expect(cpu).toMatchObject({
    BilledCost: '0',
    ListCost: '0.0696572',
    ContractedCost: '0.0696572',
    BillingCurrency: 'USD',
    BillingPeriodStart: '2026-03-01T00:00:00.000Z',
    BillingPeriodEnd: '2026-04-01T00:00:00.000Z',
    ChargePeriodStart: '2026-03-01T00:00:00.000Z',
    ChargePeriodEnd: '2026-03-02T00:00:00.000Z',
    ChargeDescription: 'CPU of gateway',
    ResourceId: 'cluster-one/payments/deployment/gateway',
    ServiceName: 'Kubernetes',
    SubAccountName: 'cluster-one',
  });
  expect(JSON.parse(cpu.Tags ?? '')).toEqual({
    app: 'gateway',
    team: 'ledger',
    kubernetes_io_metadata_name: 'payments',
    'kubernetes-cluster': 'cluster-one',
    'kubernetes-namespace': 'payments',
  });
});

it('comes to what OpenCost says in all, idle capacity among it', async () => {
  const rows = await rowsOf();
  expect(sum(of(rows, 'Idle capacity').map(row => row.EffectiveCost!))).toBe(
    '1.75',
  );
  expect(sum(of(rows, 'gateway').map(row => row.EffectiveCost!))).toBe(
    '0.882491863123',
  );
});

it('shows what is in none of its parts, where it is more than rounding', async () => {
  const [set] = allocations.data;
  const gateway = set['cluster-one/payments/deployment/gateway'];
  opencost.answer = () => ({
    status: 200,
    body: {
      code: 200,
      data: [{ one: { ...gateway, totalCost: 1.8824918631 } }],
    },
  });
  const others = (await rowsOf()).filter(({ SkuId }) => SkuId === 'other');
  expect(others.map(({ EffectiveCost }) => EffectiveCost)).toEqual([
    '0.999999999977',
    '0.999999999977',
  ]);
});

it('is a bill of its own currency where somebody is charged', async () => {
  const [row] = await rowsOf({ billed: true, currency: 'EUR', token: 'key' });
  expect(row).toMatchObject({ BilledCost: '1.5', BillingCurrency: 'EUR' });
  expect(opencost.authorized[0]).toBe('Bearer key');
});

it.each([
  [500, 'no Prometheus', /answered 500/],
  [200, '<html>', /no answer to a question/],
  [200, { code: 400, message: 'bad window' }, /code/],
  [200, { code: 200, data: [{ a: { name: 'a' } }] }, /totalCost/],
])('says what it was answered: %s %j', async (status, body, message) => {
  opencost.answer = () => ({ status, body });
  await expect(rowsOf({ token: 'secret' })).rejects.toThrow(message);
  await expect(rowsOf({ token: 'secret' })).rejects.not.toThrow(/secret/);
});

it.each([
  [{ source: 'opencost', url: 'opencost:9003' }, /url is opencost:9003/],
  [{ source: 'opencost', url: 'http://a', currency: 'usd' }, /currency is usd/],
  [{ url: 'http://a' }, /source/],
])('refuses the settings %j', async (entry, message) => {
  await expect(sourcesOf(entry)).rejects.toThrow(message);
});

it('adds nothing where nothing is set', async () => {
  expect(await sourcesOf()).toEqual([]);
});
