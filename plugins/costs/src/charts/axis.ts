import { length } from '../money/decimal';
import type { Series } from './stack';

/** Steps that are read at a glance, within a power of ten. */
const round = [1, 2, 2.5, 5, 10];

/** How far an axis goes, and its steps. */
export type Axis = { domain: [number, number]; ticks: number[] };

/**
 * An axis with round steps; below zero it goes just so far as the bars do,
 * since a small credit would otherwise take a whole step.
 *
 * @param above - how far bars go above zero
 * @param below - how far they go below it, not less than 0
 * @returns nothing where all bars are empty
 */
export function roundAxis(above: number, below: number): Axis | undefined {
  if (above + below === 0) return undefined;
  const rough = (above + below) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (round.find(factor => factor * power >= rough) ?? 10) * power;
  const first = -Math.floor(below / step);
  const last = Math.ceil(above / step);
  return {
    domain: [0 - below, last * step],
    ticks: Array.from(
      { length: last - first + 1 },
      (_, index) => (first + index) * step,
    ),
  };
}

/** The axis of stacked bars. @returns nothing where all of them are empty */
export function axisOf(series: Series[], dates: string[]): Axis | undefined {
  const reach = (sign: 1 | -1) =>
    Math.max(
      0,
      ...dates.map(date =>
        series
          .map(({ parts }) => sign * length(parts.get(date) ?? '0'))
          .filter(amount => amount > 0)
          .reduce((total, amount) => total + amount, 0),
      ),
    );
  return roundAxis(reach(1), reach(-1));
}
