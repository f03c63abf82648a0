import { books, line, managed } from '../../../__testUtils__/lines';
import type { Line, Windows } from '../Line';
import type { Rule } from '../Rule';
import { besidePeers } from './besidePeers';
import { besideProduction } from './besideProduction';
import { loudTelemetry } from './loudTelemetry';
import { nobodys } from './nobodys';
import { oldGeneration } from './oldGeneration';
import { stoppedUse } from './stoppedUse';
import { storedTelemetry } from './storedTelemetry';
import { unattached } from './unattached';
import { uncommitted } from './uncommitted';

const nobody: Partial<Line> = {
  part: 'unallocated',
  entityRef: null,
  component: null,
  groupRef: null,
  environment: null,
};
const traffic = line({
  sku: 'LCUUsage',
  unit: 'LCU-Hrs',
  cost: [0, 40, 40],
  quantity: [0, 400, 400],
  days: [0, 30, 30],
});
const staging = line({
  resourceId: 'arn:orders-staging',
  resourceName: 'orders-staging',
  environment: 'staging',
});
const logs = (given: Partial<Line> = {}) =>
  line({
    service: 'AmazonCloudWatch',
    category: 'Management and Governance',
    signal: 'logs',
    sku: 'TimedStorage-ByteHrs',
    unit: 'GB-Mo',
    ...given,
  });

/** What each rule finds: of which resources, and how much of it at least and at most. */
const findings: [
  string,
  Rule,
  Line[],
  { of: string; low: number; high: number },
][] = [
  [
    'what is paid for and not used',
    stoppedUse,
    [line(), traffic, line({ sku: 'Storage', unit: 'GB-Mo', cost: [9, 9, 9] })],
    { of: 'orders', low: 100, high: 109 },
  ],
  [
    'what nobody owns and nothing says that it is used',
    nobodys,
    [line(nobody)],
    { of: 'orders', low: 0, high: 100 },
  ],
  [
    'what is as large as production and is none',
    besideProduction,
    [line(), staging],
    { of: 'orders-staging', low: 25, high: 50 },
  ],
  [
    'addresses that are charged as idle',
    unattached,
    [line({ sku: 'EUC1-PublicIPv4:IdleAddress', cost: [21, 21, 21] })],
    { of: 'orders', low: 21, high: 21 },
  ],
  [
    'disks of those who have no machine',
    unattached,
    [line({ sku: 'EUC1-EBS:VolumeUsage.gp3', unit: 'GB-Mo' })],
    { of: 'orders', low: 50, high: 100 },
  ],
  [
    'what runs around the clock by the hour',
    uncommitted,
    [line({ cost: [400, 400, 400] })],
    { of: 'orders', low: 60, high: 140 },
  ],
  [
    'what a commitment would cost as the others do',
    uncommitted,
    [
      line({ cost: [500, 500, 500] }),
      line({ isCommitted: true, list: 100, cost: [72, 72, 72] }),
    ],
    { of: 'orders', low: 75, high: 140 },
  ],
  [
    'old generations',
    oldGeneration,
    [line({ sku: 'EUC1-BoxUsage:m4.2xlarge', cost: [200, 200, 200] })],
    { of: 'orders', low: 8, high: 36 },
  ],
  [
    'logs that are never deleted',
    storedTelemetry,
    [logs({ quantity: [300, 200, 100], cost: [90, 60, 30] })],
    { of: 'orders', low: 30, high: 60 },
  ],
  [
    'logs that cost much of what they are about',
    loudTelemetry,
    [line({ cost: [200, 200, 200] }), logs()],
    { of: 'orders', low: 38.9, high: 77.8 },
  ],
];

it.each(findings)('%s', (_, rule, lines, { of, low, high }) => {
  const [found, ...others] = rule.find(books(lines));
  expect(others).toEqual([]);
  expect(found.lines[0].resourceName).toBe(of);
  expect(found.low).toBeCloseTo(low, 1);
  expect(found.high).toBeCloseTo(high, 1);
  expect(found.low).toBeLessThanOrEqual(found.high);
  expect(found.why).not.toMatch(/undefined|null|NaN/);
});

it.each(findings)(
  '%s, but for what it is only compared with',
  (_, rule, lines) => {
    const others = lines.map(one => ({ ...one, isShown: false }));
    expect(rule.find(books(others))).toEqual([]);
  },
);

it('what is kept for ever is called what it is', () => {
  const kept = { quantity: [300, 200, 100] as Windows };
  const titles = (['metrics', 'other'] as const).map(
    signal =>
      storedTelemetry.find(books([logs({ ...kept, signal })])).at(0)?.title,
  );
  expect(titles).toEqual([
    'Delete old metrics of orders by themselves',
    'Delete old telemetry of orders by themselves',
  ]);
});

/** What rules must not speak of. */
const silences: [string, Rule, Line[]][] = [
  [
    'use that goes on',
    stoppedUse,
    [line(), line({ ...traffic, quantity: [300, 400, 400] })],
  ],
  ['what was never used', stoppedUse, [line()]],
  ['what costs too little', stoppedUse, [line({ cost: [5, 5, 5] }), traffic]],
  [
    'what is there for part of the days',
    stoppedUse,
    [line({ days: [12, 30, 30] }), traffic],
  ],
  ['what somebody owns', nobodys, [line()]],
  ['what moves', nobodys, [line({ ...nobody, quantity: [700, 720, 720] })]],
  [
    'what is charged by its use',
    nobodys,
    [line(nobody), line({ ...traffic, ...nobody })],
  ],
  ['what is shared', nobodys, [line({ ...nobody, part: 'shared' })]],
  [
    'what is smaller than production',
    besideProduction,
    [line(), { ...staging, sku: 'BoxUsage:t4g.small' }],
  ],
  ['production', besideProduction, [line(), line({ resourceId: 'b' })]],
  [
    'another component',
    besideProduction,
    [line(), { ...staging, component: 'component:default/other' }],
  ],
  [
    'what does not say where it runs',
    besideProduction,
    [line(), { ...staging, environment: null }],
  ],
  [
    'disks of a machine',
    unattached,
    [line(), line({ sku: 'EBS:VolumeUsage.gp3', unit: 'GB-Mo' })],
  ],
  [
    'disks of nobody',
    unattached,
    [line({ ...nobody, sku: 'EBS:VolumeUsage.gp3', unit: 'GB-Mo' })],
  ],
  ['addresses in use', unattached, [line({ sku: 'PublicIPv4:InUseAddress' })]],
  [
    'what is committed',
    uncommitted,
    [line({ isCommitted: true, cost: [900, 900, 900] })],
  ],
  [
    'what began lately',
    uncommitted,
    [line({ days: [30, 30, 4], cost: [900, 900, 900] })],
  ],
  [
    'what goes up and down',
    uncommitted,
    [line({ quantity: [720, 400, 720], cost: [900, 900, 900] })],
  ],
  ['a purchase that is not worth it', uncommitted, [line()]],
  ['generations of now', oldGeneration, [line({ cost: [900, 900, 900] })]],
  [
    'logs that stay as they are',
    storedTelemetry,
    [logs({ quantity: [300, 300, 300] })],
  ],
  [
    'what no rule of signals calls logs or metrics, whatever its service',
    storedTelemetry,
    [logs({ signal: null, quantity: [300, 200, 100], cost: [90, 60, 30] })],
  ],
  ['new logs', storedTelemetry, [logs({ quantity: [300, 200, 0] })]],
  [
    'files that grow',
    storedTelemetry,
    [line({ unit: 'GB-Mo', quantity: [300, 200, 100] })],
  ],
  [
    'logs as they are usual',
    loudTelemetry,
    [line({ cost: [900, 900, 900] }), logs()],
  ],
  ['what is nothing but logs', loudTelemetry, [logs()]],
  [
    'a team’s own observability',
    loudTelemetry,
    [
      logs({ entityRef: 'group:default/ledger' }),
      line({ entityRef: 'group:default/ledger' }),
    ],
  ],
];

it.each(silences)('nothing is said of %s', (_, rule, lines) => {
  expect(rule.find(books(lines))).toEqual([]);
});

describe('beside its peers', () => {
  const orders = line({ entityRef: 'resource:default/orders-db' });
  const hint = {
    parameter: 'size',
    value: 'db.m7g.2xlarge',
    usual: 'db.m7g.large',
    monthlySaving: 60,
    compared: 3,
    evidence: [{ resourceId: 'a', name: 'refunds-db', value: 'db.m7g.large' }],
  };

  it('a resource is made as the team’s others are', () => {
    const resource = managed({ hints: [hint], estimate: 120 });
    expect(
      besidePeers.find(books([orders], { [orders.entityRef!]: resource })),
    ).toMatchObject([{ low: 50, high: 60, change: { size: 'db.m7g.large' } }]);
  });

  it('amounts of one source and currency are compared, and the price book’s with its own', () => {
    const resource = managed({ hints: [hint], estimate: 120 });
    const found = (...lines: Line[]) =>
      besidePeers
        .find(books(lines, { [orders.entityRef!]: resource }))
        .map(({ lines: [{ source, currency }], low, high }) => [
          source,
          currency,
          low,
          high,
        ]);
    const euros = { ...orders, currency: 'EUR' };
    const cluster = { ...orders, source: 'opencost' };
    expect(found(euros)).toEqual([['aws', 'EUR', 50, 50]]);
    expect(found(orders, euros, cluster)).toEqual([
      ['aws', 'USD', 50, 50],
      ['aws', 'EUR', 50, 50],
      ['opencost', 'USD', 50, 50],
    ]);
  });

  it.each([
    ['has no like', managed()],
    ['was never estimated', managed({ hints: [hint], estimate: undefined })],
    ['would save little', managed({ hints: [{ ...hint, monthlySaving: 2 }] })],
  ])('nothing is said of what %s', (_, resource) => {
    expect(
      besidePeers.find(books([orders], { [orders.entityRef!]: resource })),
    ).toEqual([]);
  });
});
