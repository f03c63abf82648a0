import type { TotalsAnswer } from '@waymark/plugin-costs-common';
import {
  difference,
  largestFirst,
  magnitude,
  share,
  signOf,
  type Decimal,
} from '../money/decimal';
import { keyTitle } from '../words/dimensions';

/** Something that costs more or less than before. */
export type Mover = {
  key: string | null;
  title: string;
  now: Decimal;
  before: Decimal;
  change: Decimal;
  /** How much of what it was before; nothing where it was nothing. */
  ratio: number | undefined;
  kind: 'new' | 'gone' | 'more' | 'less' | 'same';
};

function kindOf(now: Decimal, before: Decimal, change: Decimal): Mover['kind'] {
  if (signOf(change) === 0) return 'same';
  if (signOf(before) === 0) return 'new';
  if (signOf(now) === 0) return 'gone';
  return signOf(change) > 0 ? 'more' : 'less';
}

/** What each group costs now beside before, those that moved most first. */
export function moversOf(
  now: TotalsAnswer,
  before: TotalsAnswer,
  currency: string,
): Mover[] {
  const items = (answer: TotalsAnswer) =>
    answer.items.filter(item => item.currency === currency);
  const earlier = new Map(items(before).map(item => [item.key, item]));
  const later = new Map(items(now).map(item => [item.key, item]));
  const keys = new Set([...later.keys(), ...earlier.keys()]);
  return [...keys]
    .map((key): Mover => {
      const amount = later.get(key)?.amount ?? '0';
      const was = earlier.get(key)?.amount ?? '0';
      const change = difference(amount, was);
      return {
        key,
        title: keyTitle(
          now.groupBy ?? undefined,
          key,
          (later.get(key) ?? earlier.get(key))?.title,
        ),
        now: amount,
        before: was,
        change,
        ratio: share(change, magnitude(was)),
        kind: kindOf(amount, was, change),
      };
    })
    .sort((one, other) =>
      largestFirst(magnitude(one.change), magnitude(other.change)),
    );
}
