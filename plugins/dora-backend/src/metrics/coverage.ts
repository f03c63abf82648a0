import type { Interval } from './period';

const day = 86_400_000;
const hour = 3_600_000;

/** Whole days or months of UTC, the last not included, as dates. */
export type Stretch = { grain: 'd' | 'm'; from: string; to: string };

/**
 * What a period is put together from: stored sums of months, days and hours,
 * and single rows where it cuts the shortest of these.
 */
export type Coverage = {
  stretches: Stretch[];
  hours: Interval[];
  edges: Interval[];
};

const date = (instant: number) => new Date(instant).toISOString().slice(0, 10);

function nextMonth(instant: number): number {
  const at = new Date(instant);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1);
}

const isMonthStart = (instant: number) => new Date(instant).getUTCDate() === 1;

/** The whole hours within, and what is cut off them. */
function hoursWithin({ from, to }: Interval): Omit<Coverage, 'stretches'> {
  const first = Math.ceil(from / hour) * hour;
  const last = Math.floor(to / hour) * hour;
  if (first >= last) return { hours: [], edges: [{ from, to }] };
  return {
    hours: [{ from: first, to: last }],
    edges: [
      { from, to: first },
      { from: last, to },
    ].filter(edge => edge.from < edge.to),
  };
}

/** The same with sums of hours, for a scope that has them. */
export function coverByHours(interval: Interval): Coverage {
  const { stretches, edges } = cover(interval);
  const parts = edges.map(hoursWithin);
  return {
    stretches,
    hours: parts.flatMap(({ hours }) => hours),
    edges: parts.flatMap(part => part.edges),
  };
}

/** How to add up a period from as few sums of days and months as possible. */
export function cover({ from, to }: Interval): Coverage {
  const firstDay = Math.ceil(from / day) * day;
  const lastDay = Math.floor(to / day) * day;
  if (firstDay >= lastDay) {
    return { stretches: [], hours: [], edges: [{ from, to }] };
  }
  const edges = [
    { from, to: firstDay },
    { from: lastDay, to },
  ].filter(edge => edge.from < edge.to);

  const firstMonth = isMonthStart(firstDay) ? firstDay : nextMonth(firstDay);
  const lastAt = new Date(lastDay);
  const lastMonth = Date.UTC(lastAt.getUTCFullYear(), lastAt.getUTCMonth(), 1);
  const stretches: Stretch[] =
    firstMonth < lastMonth
      ? [
          { grain: 'd', from: date(firstDay), to: date(firstMonth) },
          { grain: 'm', from: date(firstMonth), to: date(lastMonth) },
          { grain: 'd', from: date(lastMonth), to: date(lastDay) },
        ]
      : [{ grain: 'd', from: date(firstDay), to: date(lastDay) }];
  return {
    stretches: stretches.filter(stretch => stretch.from < stretch.to),
    hours: [],
    edges,
  };
}
