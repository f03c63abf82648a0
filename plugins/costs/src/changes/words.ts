import type { ChangeParts } from '@waymark/plugin-costs-common';
import { length, magnitude, signOf } from '../money/decimal';

/** A part of a change. */
export type PartName = keyof ChangeParts;

/** The parts of a change in the order in which they are told. */
const partNames: readonly PartName[] = [
  'new',
  'gone',
  'quantity',
  'price',
  'other',
];

/** What is less than that is dust of rounded amounts: no part that anybody looks at. */
const dust = 0.005;

/** The parts of which a change is made, in their order. */
export const partsIn = (parts: ChangeParts): PartName[] =>
  partNames.filter(name => length(magnitude(parts[name])) >= dust);

/** What the parts are called, and what each says. */
export const partWords: Record<PartName, { title: string; text: string }> = {
  new: {
    title: 'New',
    text: 'Resources and meters that were not billed before',
  },
  gone: { title: 'Gone', text: 'Resources and meters that are not billed now' },
  quantity: {
    title: 'Quantity',
    text: 'More or less used, at the price it had before',
  },
  price: { title: 'Price', text: 'Another price for what is used now' },
  other: {
    title: 'Not counted',
    text: 'Taxes, credits and whatever else has no quantity in the bill',
  },
};

const mostly: Record<PartName, [more: string, less: string]> = {
  new: ['something new', 'new credits'],
  gone: ['a credit that ended', 'something that is gone'],
  quantity: ['more of it used', 'less of it used'],
  price: ['a higher price', 'a lower price'],
  other: ['what has no quantity', 'what has no quantity'],
};

/** The reason that weighs most: "mostly a higher price". Nothing where nothing changed. */
export function reasonText(parts: ChangeParts): string | undefined {
  const [first] = [...partNames].sort(
    (one, other) =>
      length(magnitude(parts[other])) - length(magnitude(parts[one])),
  );
  const sign = signOf(parts[first]);
  if (sign === 0) return undefined;
  return `mostly ${mostly[first][sign > 0 ? 0 : 1]}`;
}
