import { day } from '../calendar.ts';
import type { Charge } from './charges.ts';
import { amountOf, times, type Amount } from './focus.ts';
import type { Meter } from './meters.ts';
import { dayOfMonth, type Month } from './months.ts';

/** The savings plan: what it takes of the list, and what it was bought for, a day. */
const planned = { price: amountOf(0.72), bought: amountOf(260) };

const plan: Meter = {
  service: 'Savings Plans for AWS Compute usage',
  category: 'Compute',
  subcategory: 'Other (Compute)',
  resourceType: 'AWS::SavingsPlans::SavingsPlan',
  sku: 'ComputeSP:3yrNoUpfront',
  unit: 'Hrs',
  price: 0,
  perDay: 24,
  lively: 0,
};

/** Nodes of the search index that were paid for a year in advance, and what is used of them in a day. */
const reserved = {
  resourceName: 'product-search-index',
  month: 6,
  hours: amountOf(230),
  unitPrice: amountOf(0.402),
  price: amountOf(0.62),
};

function bought(
  date: number,
  more: Pick<
    Charge,
    | 'resourceName'
    | 'meter'
    | 'category'
    | 'description'
    | 'commitment'
    | 'billed'
    | 'effective'
  > &
    Partial<Charge>,
): Charge {
  const amount = more.billed > 0n ? more.billed : more.effective;
  return {
    provider: 'aws',
    start: date,
    end: date + day,
    tags: undefined,
    quantity: amountOf(24),
    unitPrice: 0n,
    list: amount,
    contracted: amount,
    ...more,
  };
}

/** The day's charges with the savings plan spent on them: first come, first covered. */
function withPlan(date: number, charges: Charge[]): Charge[] {
  let left = planned.bought;
  const covered = charges.map(charge => {
    const effective = times(charge.list, planned.price);
    if (!charge.meter.committed || effective > left) return charge;
    left -= effective;
    return { ...charge, billed: 0n, effective, commitment: 'Used' as const };
  });
  return [
    ...covered,
    bought(date, {
      resourceName: 'larkspur-compute-plan',
      meter: plan,
      category: 'Purchase',
      description: 'Recurring fee of the compute savings plan',
      commitment: 'Bought',
      billed: planned.bought,
      effective: 0n,
    }),
    bought(date, {
      resourceName: 'larkspur-compute-plan',
      meter: plan,
      category: 'Usage',
      description: 'What nobody used of the compute savings plan',
      commitment: 'Unused',
      billed: 0n,
      effective: left,
    }),
  ];
}

const part = (amount: Amount, hours: Amount, ofHours: Amount): Amount =>
  (amount * hours) / ofHours;

/** The hours of a charge that were paid for in advance, and those that were not. */
function splitReserved(charge: Charge): Charge[] {
  const { hours, price } = reserved;
  if (charge.quantity <= hours) return [charge];
  const { quantity, list, contracted } = charge;
  const paidList = part(list, hours, quantity);
  const paidContracted = part(contracted, hours, quantity);
  const rest = contracted - paidContracted;
  return [
    {
      ...charge,
      description: `${charge.description}, reserved`,
      quantity: hours,
      list: paidList,
      contracted: paidContracted,
      billed: 0n,
      effective: times(paidList, price),
    },
    {
      ...charge,
      quantity: quantity - hours,
      list: list - paidList,
      contracted: rest,
      billed: rest,
      effective: rest,
    },
  ];
}

/** A day's charges with what was paid for in advance: by the day, and by the year. */
export function withCommitments(
  month: Month,
  date: number,
  charges: Charge[],
): Charge[] {
  const covered = withPlan(date, charges);
  if (month.index < reserved.month) return covered;
  const { resourceName, hours, unitPrice, price } = reserved;
  const split = covered.flatMap(charge =>
    charge.resourceName === resourceName && charge.meter.unit === 'Hrs'
      ? splitReserved(charge)
      : [charge],
  );
  if (month.index > reserved.month || dayOfMonth(date) > 1) return split;
  const index = split.find(charge => charge.resourceName === resourceName);
  return [
    ...split,
    ...(index
      ? [
          bought(date, {
            resourceName,
            tags: index.tags,
            meter: index.meter,
            category: 'Purchase',
            description: 'Reserved nodes, paid for a year in advance',
            once: true,
            billed: times(times(hours, unitPrice), price) * 365n,
            effective: 0n,
          }),
        ]
      : []),
  ];
}
