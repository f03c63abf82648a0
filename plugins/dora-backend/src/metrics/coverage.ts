import type { Interval } from './period';

const day = 86_400_000;

/** Whole days or months of UTC, the last not included, as dates. */
export type Stretch = { grain: 'd' | 'm'; from: string; to: string };

/** What a period is put together from: stored sums, and single rows where it cuts a day of UTC. */
export type Coverage = { stretches: Stretch[]; edges: Interval[] };

const date = (instant: number) => new Date(instant).toISOString().slice(0, 10);

function nextMonth(instant: number): number {
  const at = new Date(instant);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1);
}

const isMonthStart = (instant: number) => new Date(instant).getUTCDate() === 1;

/** How to add up a period from as few sums as possible. */
export function cover({ from, to }: Interval): Coverage {
  const firstDay = Math.ceil(from / day) * day;
  const lastDay = Math.floor(to / day) * day;
  if (firstDay >= lastDay) return { stretches: [], edges: [{ from, to }] };
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
    edges,
  };
}
