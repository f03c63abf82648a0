import type { Rule } from '@waymark/plugin-costs-common';
import fc from 'fast-check';
import type { BillRow } from './bill';
import type { Charge } from './oracle';

const amount = (digits: number, decimals: number) =>
  fc
    .tuple(
      fc.constantFrom('', '-'),
      fc.bigInt({ min: 0n, max: 10n ** BigInt(digits) - 1n }),
      fc.bigInt({ min: 0n, max: 10n ** BigInt(decimals) - 1n }),
    )
    .map(
      ([sign, whole, fraction]) =>
        `${sign}${whole}.${String(fraction).padStart(decimals, '0')}`,
    );

/** As most bills have them, and as none should. */
const cost = fc.oneof(
  { weight: 4, arbitrary: amount(5, 10) },
  { weight: 1, arbitrary: amount(15, 18) },
  { weight: 1, arbitrary: fc.constant('0') },
);

const service = fc.constantFrom('S1', 'S2', 'S3');
const category = fc.constantFrom('Usage', 'Tax', 'Credit');
const nobody = 'nobody';

const tags = fc
  .record({
    component: fc.constantFrom('orders', 'basket', 'lonely', nobody),
    team: fc.constantFrom('ledger', 'board', 'shopkeepers', nobody),
  })
  .map(said => JSON.stringify(said));

/** A billing period and days of it. */
export type Month = { start: string; end: string; days: string[] };

/** Charges of a billing period, with everything rules could look at. */
export const randomCharges = ({ start, end, days }: Month) =>
  fc.array(
    fc.record<Charge>({
      BilledCost: fc.option(cost, { freq: 8 }),
      EffectiveCost: cost,
      ListCost: cost,
      ContractedCost: cost,
      BillingCurrency: fc.constantFrom('USD', 'USD', 'EUR', 'JPY'),
      BillingPeriodStart: fc.constant(start),
      BillingPeriodEnd: fc.constant(end),
      ServiceName: service,
      ChargeCategory: category,
      ResourceId: fc.option(fc.constantFrom('a', 'b'), { freq: 2 }),
      Tags: fc.option(tags),
      ChargePeriodStart: fc.constantFrom(...days),
      ChargePeriodEnd: fc.constant('2027-01-01'),
    }),
    { minLength: 1, maxLength: 30 },
  );

/** As files say it: some write NULL for nothing. */
export const rowOf = (charge: Charge): BillRow => ({
  ...charge,
  ResourceId: charge.ResourceId ?? 'NULL',
});

const someone = fc.constantFrom(
  'group:default/board',
  'group:default/ledger',
  'component:default/orders',
  'component:default/lonely',
  'resource:default/database',
  'system:default/shop',
  'domain:default/sales',
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
    split: fc.constantFrom('even' as const, 'use' as const),
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
