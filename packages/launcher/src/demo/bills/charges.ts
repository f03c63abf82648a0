import { day } from '../calendar.ts';
import { seeded } from '../random.ts';
import { withCommitments } from './commitments.ts';
import type { Item, Provider } from './estate.ts';
import { amountOf, times, type Amount } from './focus.ts';
import { meters, type Meter } from './meters.ts';
import type { Month } from './months.ts';
import { activity, priceIn, strays } from './story.ts';

/** What is billed of one thing for one time, before a provider writes it in its own way. */
export type Charge = {
  provider: Provider;
  start: number;
  end: number;
  resourceName: string;
  tags: Record<string, string> | undefined;
  meter: Meter;
  category: 'Usage' | 'Purchase' | 'Credit';
  description: string;
  quantity: Amount;
  /** The list price of one unit. */
  unitPrice: Amount;
  list: Amount;
  contracted: Amount;
  billed: Amount;
  effective: Amount;
  /** It comes once, and not again every month. */
  once?: true;
  /** It corrects a billing period that was closed before. */
  corrects?: true;
  /** What the savings plan has to do with it. */
  commitment?: 'Used' | 'Unused' | 'Bought';
};

/** What Larkspur agreed with each provider, beside the list. */
const agreed: Record<Provider, Amount> = {
  aws: amountOf(0.97),
  azure: amountOf(0.95),
  google: amountOf(1),
};

/** Which tags a thing carries: as the infrastructure plugin writes them, too. */
function tagsOf(item: Item): Record<string, string> {
  return {
    [item.kind]: item.name,
    team: item.team,
    system: item.system,
    environment: 'production',
  };
}

type Used = Pick<
  Charge,
  'provider' | 'start' | 'resourceName' | 'tags' | 'meter' | 'quantity'
> & { price: number };

function usage(used: Used): Charge {
  const { price, ...rest } = used;
  const unitPrice = amountOf(price);
  const list = times(used.quantity, unitPrice);
  const contracted = times(list, agreed[used.provider]);
  return {
    ...rest,
    end: used.start + day,
    category: 'Usage',
    description: `${used.meter.sku} at ${price} per ${used.meter.unit}`,
    unitPrice,
    list,
    contracted,
    billed: contracted,
    effective: contracted,
  };
}

function usagesOn(estate: Item[], month: Month, date: number): Charge[] {
  const ofItems = estate.flatMap(item =>
    (meters[item.provider][item.type] ?? []).map(meter => {
      // A seed for each figure: one thing more changes no other.
      const noise = seeded(`${item.name} ${meter.sku} ${date}`).between(-1, 1);
      const wavers = meter.lively > 0 ? 0.06 : 0;
      return usage({
        provider: item.provider,
        start: date,
        resourceName: item.name,
        tags: tagsOf(item),
        meter,
        price: priceIn(meter, month),
        quantity: amountOf(
          meter.perDay *
            item.size *
            activity(item, meter, month, date) *
            (1 + noise * wavers),
        ),
      });
    }),
  );
  const ofStrays = strays.flatMap(stray => {
    const { provider, resourceName, tags, meter } = stray;
    const units = stray.quantityOn(month, date);
    const noise = seeded(`${resourceName} ${meter.sku} ${date}`).next();
    const wavers = meter.lively > 0 ? 0.95 + noise * 0.1 : 1;
    return units === 0
      ? []
      : [
          usage({
            provider,
            start: date,
            resourceName,
            tags,
            meter,
            price: priceIn(meter, month),
            quantity: amountOf(units * wavers),
          }),
        ];
  });
  return [...ofItems, ...ofStrays];
}

const account: Meter = {
  service: 'AWS Support (Business)',
  category: 'Other',
  subcategory: 'Other (Other)',
  resourceType: 'Account',
  sku: 'EUC1-SupportPlan',
  unit: 'Months',
  price: 0,
  perDay: 0,
  lively: 0,
};

function ofMonth(
  month: Month,
  amount: Amount,
  more: Pick<Charge, 'provider' | 'category' | 'description'> & Partial<Charge>,
): Charge {
  return {
    start: month.start,
    end: month.end,
    resourceName: 'larkspur',
    tags: undefined,
    meter: account,
    quantity: amountOf(1),
    unitPrice: amount,
    list: amount,
    contracted: amount,
    billed: amount,
    effective: amount,
    ...more,
  };
}

/** What comes once a month: support, credits, and what was billed wrongly before. */
function monthly(month: Month, charges: Charge[]): Charge[] {
  const aws = charges
    .filter(({ provider }) => provider === 'aws')
    .reduce((sum, { billed }) => sum + billed, 0n);
  return [
    ofMonth(month, times(aws, amountOf(0.03)), {
      provider: 'aws',
      category: 'Purchase',
      description: 'Business support, 3 % of the month',
    }),
    ...(month.index === 5
      ? [
          ofMonth(month, amountOf(-1500), {
            provider: 'aws',
            category: 'Credit',
            description: 'Credit of the migration programme',
            meter: { ...account, service: 'Credits', sku: 'EUC1-Credit' },
          }),
        ]
      : []),
    ...(month.index === 6
      ? [
          ofMonth(month, amountOf(-212.4), {
            provider: 'azure',
            category: 'Usage',
            corrects: true,
            resourceName: 'warehouse-console',
            tags: {
              component: 'warehouse-console',
              team: 'fulfilment',
              environment: 'production',
            },
            description: 'Refund for hours of the month before',
            meter: {
              ...meters.azure.website[0],
              sku: 'P1 v3 App',
            },
          }),
        ]
      : []),
    ofMonth(month, amountOf(-250), {
      provider: 'google',
      category: 'Credit',
      description: 'Committed spend promotion',
      meter: { ...account, service: 'Invoice', sku: 'Promotion' },
    }),
  ];
}

/** Everything that is billed for a month, by all providers. */
export function chargesOf(estate: Item[], month: Month): Charge[] {
  const daily = month.days.flatMap(date =>
    withCommitments(month, date, usagesOn(estate, month, date)),
  );
  return [...daily, ...monthly(month, daily)];
}
