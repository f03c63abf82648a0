import type { JsonObject, JsonValue } from '@backstage/types';
import type { Range } from '@waymark/plugin-infrastructure-common';
import { estimate } from './estimate';
import type { PriceItem } from './offering';
import type { PriceBook } from './PriceBook';

/** More ways to fill a form in than this say nothing to anybody. */
const mostWays = 500;

/** The parameters that a price hangs on. */
function pricedBy(items: PriceItem[]): Set<string> {
  return new Set(
    items.flatMap(({ price, quantities, when }) => [
      ...[...price.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      ...quantities.flatMap(quantity =>
        typeof quantity === 'number' ? [] : [quantity.parameter],
      ),
      ...(when ? [when.parameter] : []),
    ]),
  );
}

/** What a field can hold, as far as a price cares: each choice, or the ends of a number. */
function choicesOf(field: JsonObject | undefined): JsonValue[] {
  if (!field) return [];
  if (Array.isArray(field.enum)) return field.enum;
  if (field.type === 'boolean') return [true, false];
  const { minimum, maximum } = field;
  return typeof minimum === 'number' && typeof maximum === 'number'
    ? [minimum, maximum]
    : [];
}

/** Every way to fill in what is open. */
function waysOf(
  begun: JsonObject,
  open: [string, JsonValue[]][],
): JsonObject[] {
  return open.reduce(
    (ways, [name, choices]) =>
      ways.flatMap(way => choices.map(choice => ({ ...way, [name]: choice }))),
    [begun],
  );
}

/**
 * What something costs before anybody chose: with the defaults of the form, and
 * from the cheapest to the dearest of what has none.
 *
 * @returns undefined where a price hangs on what can be anything
 */
export function priceRange(of: {
  items: PriceItem[];
  prices: PriceBook;
  /** The form's schema. */
  schema: JsonObject;
  /** The defaults. */
  begun: JsonObject;
}): Range | undefined {
  const { items, prices, schema, begun } = of;
  const fields = (schema.properties ?? {}) as Record<string, JsonObject>;
  const required = (schema.required ?? []) as string[];
  const priced = pricedBy(items);
  const open = required
    .filter(name => priced.has(name) && begun[name] === undefined)
    .map((name): [string, JsonValue[]] => [name, choicesOf(fields[name])]);
  const count = open.reduce((ways, [, choices]) => ways * choices.length, 1);
  if (count === 0 || count > mostWays) return undefined;
  const ends = waysOf(begun, open).flatMap(parameters => {
    try {
      return [estimate(items, parameters, prices)];
    } catch {
      // Not everything that can be chosen has a price, and the form says so then.
      return [];
    }
  });
  return ends.length > 0
    ? {
        low: Math.min(...ends.map(({ low }) => low)),
        high: Math.max(...ends.map(({ high }) => high)),
      }
    : undefined;
}
