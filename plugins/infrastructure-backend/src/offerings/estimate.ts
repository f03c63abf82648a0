import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  Estimate,
  EstimateLine,
} from '@waymark/plugin-infrastructure-common';
import type { PlanCost } from '@waymark/plugin-infrastructure-node';
import type { PriceItem, Quantity } from './offering';
import type { PriceBook } from './PriceBook';

/** To the cent; sums of sums of floats are not shown to anybody. */
const cents = (dollars: number) => Math.round(dollars * 100) / 100;

/**
 * How much of something these parameters mean.
 *
 * @throws InputError when the parameter does not say
 */
export function amountOf(quantity: Quantity, parameters: JsonObject): number {
  if (typeof quantity === 'number') return quantity;
  const value = parameters[quantity.parameter];
  const amount =
    'values' in quantity ? quantity.values[String(value)] : Number(value);
  if (amount === undefined || !Number.isFinite(amount) || amount < 0) {
    throw new InputError(
      `parameters.${quantity.parameter}: ${value} has no quantity`,
    );
  }
  return amount;
}

function keyOf(item: PriceItem, parameters: JsonObject): string {
  return item.price.replace(/\{(\w+)\}/g, (_, name) =>
    String(parameters[name] ?? ''),
  );
}

function lineOf(
  item: PriceItem,
  parameters: JsonObject,
  prices: PriceBook,
): EstimateLine {
  const key = keyOf(item, parameters);
  const price = prices.find(key);
  if (!price) {
    throw new InputError(
      `The price book has no ${key} ("${item.title}"); without it nobody knows what this costs. Choose another size or region, or ask the platform team to add it`,
    );
  }
  const once = item.quantities.reduce<number>(
    (product, quantity) => product * amountOf(quantity, parameters),
    price.amount,
  );
  return {
    title: item.title,
    low: cents(once * (item.usage?.low ?? 1)),
    high: cents(once * (item.usage?.high ?? 1)),
    ...(item.usage && { assumption: item.usage.assumption }),
    price: `${price.amount} USD per ${price.unit}: ${price.source}, ${price.date}`,
  };
}

/**
 * What a resource with these parameters costs a month. Where use is not known
 * it is a range, and says what was assumed.
 *
 * @throws InputError when a price or a quantity is not known
 */
export function estimate(
  items: PriceItem[],
  parameters: JsonObject,
  prices: PriceBook,
): Estimate {
  const lines = items
    .filter(({ when }) => !when || parameters[when.parameter] === when.is)
    .map(item => lineOf(item, parameters, prices));
  const sum = (end: 'low' | 'high') =>
    cents(lines.reduce((total, line) => total + line[end], 0));
  return { low: sum('low'), high: sum('high'), lines };
}

/**
 * An estimate by what the plan really makes. What depends on use keeps the upper
 * end of the price book, so that what was unknown does not become free.
 */
export function withPlanCost(book: Estimate, cost?: PlanCost): Estimate {
  if (!cost) return book;
  const sum = cents(
    cost.lines.reduce((total, { monthly }) => total + monthly, 0),
  );
  const byUse = cost.byUse.length > 0 ? Math.max(0, cents(book.high - sum)) : 0;
  return {
    low: sum,
    high: cents(sum + byUse),
    lines: [
      ...cost.lines.map(({ title, monthly }) => ({
        title,
        low: monthly,
        high: monthly,
        price: cost.source,
      })),
      ...(byUse > 0
        ? [
            {
              title: 'What depends on use',
              low: 0,
              high: byUse,
              assumption: `up to what the price book says of all of it: ${cost.byUse.join(
                ', ',
              )}`,
            },
          ]
        : []),
    ],
  };
}
