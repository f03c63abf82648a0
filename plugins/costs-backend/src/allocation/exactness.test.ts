import {
  measures,
  type Rule,
  type TotalsAnswer,
} from '@waymark/plugin-costs-common';
import fc from 'fast-check';
import { bill } from '../__testUtils__/bill';
import { catalogSays } from '../__testUtils__/catalog';
import {
  bear,
  saidBy,
  sumsBy,
  type Borne,
  type Charge,
  type Levels,
} from '../__testUtils__/oracle';
import { board, entities, known } from '../__testUtils__/organisation';
import { randomCharges, randomRules, rowOf } from '../__testUtils__/random';
import { units } from '../__testUtils__/units';
import { usePortal } from '../__testUtils__/usePortal';

const levelOf = (level: keyof Levels) => (one: Borne) =>
  known.get(one.entity ?? '')?.[level] ?? null;

/** What charges are grouped by, and what that is of each part of one. */
const groupings: Record<string, (one: Borne) => string | null> = {
  allocation: ({ part }) => part,
  entity: ({ entity: ref }) => ref,
  component: levelOf('component'),
  system: levelOf('system'),
  domain: levelOf('domain'),
  group: levelOf('group'),
  rule: ({ rule }) => rule,
  ServiceName: ({ charge }) => charge.ServiceName,
  'Tags/team': ({ charge }) => saidBy(charge, 'Tags/team'),
  BillingPeriodStart: ({ charge }) => charge.BillingPeriodStart,
};

const test = usePortal(entities);
beforeEach(() => catalogSays(test.knex, entities));

const march = {
  start: '2026-03-01',
  end: '2026-04-01',
  days: ['2026-03-01', '2026-03-31'],
};
const april = {
  start: '2026-04-01',
  end: '2026-05-01',
  days: ['2026-04-01', '2026-04-30'],
};
const year = { from: '2026-01-01', to: '2027-01-01' };

const amountsOf = (items: TotalsAnswer['items']) =>
  new Map(
    items.map(({ currency, key, amount }) => [
      `${currency} ${key}`,
      units(amount),
    ]),
  );

const handIn = async (charges: Charge[]) =>
  expect(
    await test.portal.import(bill(charges.map(rowOf)), { strays: 'replace' }),
  ).toMatchObject({ error: null });

/** Lays every group of every measure beside what the oracle says. */
async function compare(wanted: Borne[]): Promise<void> {
  for (const measure of measures) {
    const all = sumsBy(wanted, measure, () => null);
    for (const [groupBy, keyOf] of Object.entries(groupings)) {
      const ask = { measure, groupBy, limit: '1000' };
      const { items, totals } = await test.portal.totals(ask);
      const sums = sumsBy(wanted, measure, keyOf);
      expect([measure, groupBy, amountsOf(items)]).toEqual([
        measure,
        groupBy,
        sums,
      ]);
      expect(
        new Map(
          totals.map(({ currency, amount }) => [
            `${currency} null`,
            units(amount),
          ]),
        ),
      ).toEqual(all);
    }
  }
}

/** What is read in other ways is the same. */
async function compareWays(wanted: Borne[]): Promise<void> {
  for (const [groupBy, keyOf] of Object.entries(groupings)) {
    const sums = sumsBy(wanted, 'BilledCost', keyOf);
    // From single charges, as conditions that are asked for seldom are.
    const single = await test.portal.totals({
      groupBy,
      limit: '1000',
      filter: 'ChargeDescription=',
    });
    expect(amountsOf(single.items)).toEqual(sums);
    // By day, and with what is left beyond a limit.
    const few = await test.portal.totals({
      groupBy,
      limit: '2',
      interval: 'day',
    });
    const parts = [...few.items, ...few.others].flatMap(
      ({ currency, parts: days = [] }) =>
        days.map(({ amount }) => ({ key: null, currency, amount })),
    );
    const together = new Map<string, bigint>();
    for (const [key, amount] of parts.map(
      one => [`${one.currency} null`, units(one.amount)] as const,
    )) {
      together.set(key, (together.get(key) ?? 0n) + amount);
    }
    expect(together).toEqual(sumsBy(wanted, 'BilledCost', () => null));
  }
  // Of few items, which are looked for first.
  for (const by of ['allocation', 'entity', 'component', 'system']) {
    const keyOf = groupings[by];
    for (const key of new Set(wanted.map(keyOf).filter(one => one !== null))) {
      const { items } = await test.portal.totals({
        groupBy: 'Tags/team',
        limit: '1000',
        filter: `${by}=${key}`,
      });
      const chosen = wanted.filter(one => keyOf(one) === key);
      expect([by, key, amountsOf(items)]).toEqual([
        by,
        key,
        sumsBy(chosen, 'BilledCost', groupings['Tags/team']),
      ]);
    }
  }
  // A group with those below it.
  const { totals } = await test.portal.totals({ filter: `group=${board}` });
  expect(
    new Map(
      totals.map(({ currency, amount }) => [`${currency} null`, units(amount)]),
    ),
  ).toEqual(
    sumsBy(
      wanted.filter(one => levelOf('group')(one) !== null),
      'BilledCost',
      () => null,
    ),
  );
}

describe('whatever bills and rules say', () => {
  it('each of all owners, at every level and of every measure, bears what a calculation in whole numbers says', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomCharges(march),
        randomCharges(april),
        randomCharges(march),
        randomRules,
        randomRules,
        async (before, other, restated, rules, others) => {
          const apply = async (now: Rule[]) =>
            expect(
              await test.portal.rule({ rules: now, ...year }),
            ).toMatchObject({ state: 'done' });
          const bills = (first: Charge[], now: Rule[]) =>
            [first, other].flatMap(charges => bear(charges, now, known));
          await apply(rules);
          await handIn([...before, ...other]);
          await compare(bills(before, rules));
          // The bill of March is restated, by the same rules.
          await handIn(restated);
          await compare(bills(restated, rules));
          // All of it is allocated anew by others.
          await apply(others);
          await compare(bills(restated, others));
          await compareWays(bills(restated, others));
        },
      ),
      { numRuns: 8 },
    );
  }, 600_000);
});
