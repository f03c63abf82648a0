import type {
  ChangeLines,
  ChangesAnswer,
  CostChange,
} from '@waymark/plugin-costs-common';
import fc from 'fast-check';
import { bill, type BillRow } from '../../__testUtils__/bill';
import { catalogSays } from '../../__testUtils__/catalog';
import { entities } from '../../__testUtils__/organisation';
import { randomCharges, randomRules, rowOf } from '../../__testUtils__/random';
import { units, unitsOf } from '../../__testUtils__/units';
import { usePortal } from '../../__testUtils__/usePortal';

const test = usePortal(entities);
beforeEach(() => catalogSays(test.knex, entities));

const times =
  'from=2026-03-01&to=2026-04-01&beforeFrom=2026-02-01&beforeTo=2026-03-01';
const february: BillRow = {
  BillingPeriodStart: '2026-02-01T00:00:00Z',
  BillingPeriodEnd: '2026-03-01T00:00:00Z',
  ChargePeriodStart: '2026-02-02T00:00:00Z',
  ChargePeriodEnd: '2026-02-03T00:00:00Z',
};
const vm: BillRow = {
  ServiceName: 'Compute',
  ResourceId: 'vm',
  ResourceName: 'web',
  SkuId: 'large',
  PricingUnit: 'Hrs',
};
const before = (row: BillRow): BillRow => ({ ...vm, ...row, ...february });
const now = (row: BillRow): BillRow => ({ ...vm, ...row });

async function changes(query = ''): Promise<ChangesAnswer> {
  const { body } = await test.portal
    .get(`/changes?${times}&groupBy=ServiceName${query}`)
    .expect(200);
  return body;
}

async function lines(query = ''): Promise<ChangeLines> {
  const { body } = await test.portal
    .get(`/changes/lines?${times}${query}`)
    .expect(200);
  return body;
}

const none = { new: '0', gone: '0', quantity: '0', price: '0', other: '0' };

describe('a change', () => {
  it('is what the quantity makes of it at the old price, and the rest is the price', async () => {
    await test.portal.import(
      bill([
        before({ BilledCost: '10', PricingQuantity: '10' }),
        now({ BilledCost: '18', PricingQuantity: '12' }),
      ]),
    );
    const { totals, items } = await changes();
    expect(totals).toEqual([
      {
        currency: 'USD',
        before: '10',
        now: '18',
        parts: { ...none, quantity: '2', price: '6' },
      },
    ]);
    expect(items).toEqual([{ key: 'Compute', ...totals[0] }]);
  });

  it('is exact where the price is no decimal number', async () => {
    await test.portal.import(
      bill([
        before({ BilledCost: '10', PricingQuantity: '3' }),
        now({ BilledCost: '11', PricingQuantity: '2' }),
      ]),
    );
    const [{ parts }] = (await changes()).totals;
    expect(parts).toEqual({
      ...none,
      quantity: '-3.333333333333333334',
      price: '4.333333333333333334',
    });
  });

  it('counts what is consumed where no priced quantity is known, and says where none is', async () => {
    await test.portal.import(
      bill([
        before({ BilledCost: '4', ConsumedQuantity: '4' }),
        now({ BilledCost: '5', ConsumedQuantity: '5' }),
        before({ SkuId: 'tax', BilledCost: '7', ChargeCategory: 'Tax' }),
        now({ SkuId: 'tax', BilledCost: '9', ChargeCategory: 'Tax' }),
        before({ SkuId: 'zero', BilledCost: '1', PricingQuantity: '0' }),
        now({ SkuId: 'zero', BilledCost: '0.5', PricingQuantity: '3' }),
      ]),
    );
    const [{ parts }] = (await changes()).totals;
    expect(parts).toEqual({ ...none, quantity: '1', other: '1.5' });
  });

  it('names what is new and what is gone', async () => {
    await test.portal.import(
      bill([
        before({ ResourceId: 'old', BilledCost: '3' }),
        now({ ResourceId: 'young', BilledCost: '8' }),
      ]),
    );
    expect((await changes()).totals[0].parts).toEqual({
      ...none,
      new: '8',
      gone: '-3',
    });
    const { items } = await lines();
    expect(items).toMatchObject([
      { resourceId: 'young', isNew: true, isGone: false, quantityNow: null },
      { resourceId: 'old', isNew: false, isGone: true },
    ]);
  });

  it('is ranked by how much it moved, and what is left is summed up', async () => {
    await test.portal.import(
      bill([
        before({ ServiceName: 'A', BilledCost: '1' }),
        now({ ServiceName: 'A', BilledCost: '2' }),
        before({ ServiceName: 'B', BilledCost: '50' }),
        now({ ServiceName: 'C', BilledCost: '30' }),
      ]),
    );
    const { items, others, totals } = await changes('&limit=2');
    expect(items.map(({ key }) => key)).toEqual(['B', 'C']);
    expect(others).toMatchObject([{ groups: 1, before: '1', now: '2' }]);
    expect(totals).toMatchObject([{ before: '51', now: '32' }]);
    const { items: shown, others: left } = await lines('&limit=1');
    expect(shown).toMatchObject([{ serviceName: 'B', resourceName: 'web' }]);
    expect(left).toMatchObject([{ groups: 2, before: '1', now: '32' }]);
  });

  it('is of what is asked for, and of one’s own groups', async () => {
    await test.portal.import(
      bill([
        before({ ServiceName: 'A', BilledCost: '1' }),
        now({ ServiceName: 'B', BilledCost: '2' }),
      ]),
    );
    expect((await changes('&filter=ServiceName=B')).totals).toMatchObject([
      { before: '0', now: '2' },
    ]);
    test.denied.add('costs.organisation.read');
    expect((await changes()).totals).toEqual([]);
    expect((await lines()).items).toEqual([]);
    test.denied.add('costs.read');
    await test.portal.get(`/changes?${times}`).expect(403);
    await test.portal.get(`/changes/lines?${times}`).expect(403);
  });

  it.each([
    ['from=2026-03-01&to=2026-04-01', /beforeFrom/],
    [
      'from=2026-03-01&to=2026-04-01&beforeFrom=2026-02-01&beforeTo=2026-03-02',
      /ends before/,
    ],
    [
      'from=2026-03-01&to=2026-04-01&beforeFrom=2026-02-30&beforeTo=2026-03-01',
      /beforeFrom: there is no day/,
    ],
    [`${times}&groupBy=BilledCost`, /nothing to group/],
    [`${times}&filter=RegionId`, /no condition/],
    [`${times}&limit=201`, /limit/],
  ])('says what is wrong with %s', async (query, message) => {
    const { body } = await test.portal.get(`/changes?${query}`).expect(400);
    expect(body.error.message).toMatch(message);
  });
});

/** Its parts add up to what it is. */
function isWhole({ before: was, now: is, parts }: CostChange): boolean {
  const sum = Object.values(parts).reduce(
    (total, part) => total + units(part),
    0n,
  );
  return sum === units(is) - units(was);
}

it('parts add up to the difference of the totals to the last digit, whatever bills say and rules allocate', async () => {
  const quantity = fc.option(
    fc.constantFrom('0', '3', '7.000000001', '-2', '0.3333333333'),
  );
  const march = {
    start: '2026-03-01',
    end: '2026-04-01',
    days: ['2026-03-01', '2026-03-02'],
  };
  const counted = randomCharges(march).chain(rows =>
    fc
      .array(fc.tuple(quantity, quantity), {
        minLength: rows.length,
        maxLength: rows.length,
      })
      .map(quantities =>
        rows.map((row, index) => ({
          ...rowOf(row),
          PricingQuantity: quantities[index][0],
          ConsumedQuantity: quantities[index][1],
        })),
      ),
  );
  await fc.assert(
    fc.asyncProperty(
      counted,
      counted,
      randomRules,
      async (earlier, later, rules) => {
        await test.portal.rule({
          rules,
          from: '2026-01-01',
          to: '2027-01-01',
        });
        await test.portal.import(
          bill([...earlier.map(row => ({ ...row, ...february })), ...later]),
        );
        const answer = await changes('&limit=2');
        const byLine = await lines('&limit=3');
        for (const change of [
          ...answer.totals,
          ...answer.items,
          ...answer.others,
          ...byLine.items,
          ...byLine.others,
        ]) {
          expect({ change, isWhole: isWhole(change) }).toMatchObject({
            isWhole: true,
          });
        }
        for (const currency of ['USD', 'EUR', 'JPY']) {
          for (const [time, name] of [
            [{ from: '2026-03-01', to: '2026-04-01' }, 'now'],
            [{ from: '2026-02-01', to: '2026-03-01' }, 'before'],
          ] as const) {
            const { totals } = await test.portal.totals({ ...time });
            const summed = (all: CostChange[]) =>
              unitsOf(
                all.map(one => ({ currency: one.currency, amount: one[name] })),
                currency,
              );
            const whole = unitsOf(totals, currency);
            expect(summed(answer.totals)).toBe(whole);
            expect(summed([...answer.items, ...answer.others])).toBe(whole);
            expect(summed([...byLine.items, ...byLine.others])).toBe(whole);
          }
        }
      },
    ),
    { numRuns: 12 },
  );
});
