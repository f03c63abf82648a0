import type { Rule } from '@waymark/plugin-costs-common';
import fc from 'fast-check';
import type { BillRow } from './bill';

const decimals = 18;

/** A decimal number in its smallest units; an independent reading of it. */
function units(decimal: string): bigint {
  const [whole, fraction = ''] = decimal.replace('-', '').split('.');
  const value = BigInt(whole + fraction.padEnd(decimals, '0'));
  return decimal.startsWith('-') ? -value : value;
}

const sum = (values: string[]) =>
  values.reduce((total, value) => total + units(value), 0n);

/** What charges of a currency come to, in units. */
export const sumOf = (rows: BillRow[], currency: string) =>
  sum(
    rows
      .filter(row => row.BillingCurrency === currency)
      .map(row => row.BilledCost ?? '0'),
  );

/** What amounts of a currency come to, in units. */
export const unitsOf = (
  amounts: { currency: string; amount: string }[],
  currency: string,
) =>
  sum(
    amounts
      .filter(amount => amount.currency === currency)
      .map(({ amount }) => amount),
  );

const cost = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.nat({ max: 99_999 }),
    fc.bigInt({ min: 0n, max: 9_999_999_999n }),
  )
  .map(
    ([sign, whole, fraction]) =>
      `${sign}${whole}.${String(fraction).padStart(10, '0')}`,
  );

const service = fc.constantFrom('S1', 'S2', 'S3');
const category = fc.constantFrom('Usage', 'Tax', 'Credit');

/** Charges of a month, with everything rules could look at. */
export const randomRows: fc.Arbitrary<BillRow[]> = fc.array(
  fc.record({
    BilledCost: fc.option(cost, { freq: 8 }),
    EffectiveCost: cost,
    BillingCurrency: fc.constantFrom('USD', 'USD', 'EUR'),
    ServiceName: service,
    ChargeCategory: category,
    ResourceId: fc.constantFrom('NULL', 'a', 'b', 'arn:database'),
    Tags: fc.option(
      fc
        .record({
          component: fc.constantFrom('orders', 'nobody'),
          team: fc.constantFrom('ledger', 'board', 'nobody'),
        })
        .map(tags => JSON.stringify(tags)),
    ),
    ChargePeriodStart: fc.constantFrom('2026-03-01', '2026-03-02'),
  }),
  { minLength: 1, maxLength: 40 },
);

const someone = fc.constantFrom(
  'group:default/board',
  'group:default/ledger',
  'component:default/orders',
);
const share = fc.constantFrom('1', '0.3', '7', '0.000000001', '33.33');
const named = { title: fc.constant('A rule') };

const randomRule = fc.oneof(
  fc.record({
    ...named,
    by: fc.constant('share' as const),
    split: fc.constantFrom('even' as const, 'use' as const),
  }),
  fc.record({
    ...named,
    by: fc.constant('share' as const),
    split: fc.constant('even' as const),
    among: fc.array(someone, { minLength: 1 }),
  }),
  fc.record({
    ...named,
    by: fc.constant('share' as const),
    split: fc.constant('fixed' as const),
    shares: fc.dictionary(someone, share, { minKeys: 1 }),
  }),
  fc.record({
    ...named,
    by: fc.constant('entity' as const),
    entityRef: someone,
  }),
  fc.record({
    ...named,
    by: fc.constant('name' as const),
    value: fc.constantFrom('Tags/team', 'Tags/component'),
    kind: fc.constantFrom('group' as const, 'component' as const),
  }),
  fc.record({
    ...named,
    by: fc.constant('map' as const),
    value: fc.constant('ServiceName'),
    entities: fc.dictionary(service, someone, { minKeys: 1 }),
  }),
);

const where = fc.option(
  fc.oneof(
    service.map(name => `ServiceName=${name}`),
    category.map(name => `ChargeCategory=${name}`),
    fc.constant('ResourceId='),
  ),
  { nil: undefined },
);

/** Rules in any order. */
export const randomRules: fc.Arbitrary<Rule[]> = fc
  .array(fc.tuple(randomRule, where), { maxLength: 6 })
  .map(rules =>
    rules.map(([rule, chosen], index) => ({
      ...rule,
      id: `rule-${index}`,
      ...(chosen ? { where: chosen } : {}),
    })),
  );
