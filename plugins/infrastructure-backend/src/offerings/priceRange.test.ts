import type { JsonObject } from '@backstage/types';
import path from 'node:path';
import type { PriceItem } from './offering';
import { PriceBook } from './PriceBook';
import { priceRange } from './priceRange';

const folder = path.join(__dirname, '../__testUtils__/prices');
const bySize: PriceItem[] = [
  {
    title: 'Size',
    price: 'test/size',
    quantities: [{ parameter: 'size' }],
    usage: { low: 0.5, high: 1, assumption: 'half to all of it' },
  },
];

async function rangeOf(
  properties: Record<string, JsonObject>,
  begun: JsonObject = {},
) {
  return priceRange({
    items: bySize,
    prices: await PriceBook.read(folder),
    schema: { properties, required: Object.keys(properties) },
    begun,
  });
}

describe('the price of an offering before anybody chose', () => {
  it('is that of the defaults, over what use is assumed', async () => {
    const one = await rangeOf({ size: { type: 'integer' } }, { size: 1 });
    expect(one!.high).toBe(one!.low * 2);
    expect(await rangeOf({ size: { type: 'integer' } }, { size: 3 })).toEqual({
      low: one!.low * 3,
      high: one!.high * 3,
    });
  });

  it.each([
    ['the ends of a number', { type: 'integer', minimum: 1, maximum: 10 }],
    ['every choice', { type: 'integer', enum: [1, 4, 10] }],
  ])('reaches over %s that has no default', async (_, size) => {
    const one = await rangeOf({ size }, { size: 1 });
    expect(await rangeOf({ size })).toEqual({
      low: one!.low,
      high: one!.high * 10,
    });
  });

  it('does not hang on what has no price', async () => {
    const range = await rangeOf(
      { size: { type: 'integer' }, purpose: { type: 'string' } },
      { size: 1 },
    );
    expect(range).toBeDefined();
  });

  it('is not known where it hangs on what can be anything', async () => {
    expect(await rangeOf({ size: { type: 'integer' } })).toBeUndefined();
  });
});
