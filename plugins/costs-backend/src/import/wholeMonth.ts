import type { BillingMonth, FocusRow } from '@waymark/plugin-costs-node';
import type { StoredDays } from './StoredDays';

const dayMs = 86_400_000;

/** Sums that are nearer to each other than this part are the same. */
const rounding = 1e-9;

/** The day of a charge of a day or less; nothing of one that is about more, or about no moment. */
function dayOfCharge(row: FocusRow): string | undefined {
  const [start, end] = [row.ChargePeriodStart, row.ChargePeriodEnd].map(
    moment => Date.parse(moment ?? ''),
  );
  return end - start <= dayMs
    ? new Date(start).toISOString().slice(0, 10)
    : undefined;
}

const costOf = (rows: FocusRow[]) =>
  rows.reduce((total, row) => total + Number(row.EffectiveCost ?? 0), 0);

/**
 * The rows of a month, with the days at its beginning that the source has
 * forgotten as they are stored: many keep what they measured for two weeks
 * only. The first day that a source still tells of may have lost some hours, so
 * that the dearer of what is told and what is stored of it counts.
 *
 * Where any charge is about more than a day, all is as it is told. Rows may
 * come in any order; those of the first day are held in memory.
 */
export async function* wholeMonth(
  told: AsyncIterable<FocusRow>,
  stored: StoredDays,
  of: { source: string; month: BillingMonth },
): AsyncIterable<FocusRow> {
  let first: { day: string; rows: FocusRow[] } | undefined;
  let isByDay = true;
  for await (const row of told) {
    const day = dayOfCharge(row);
    if (day === undefined) {
      isByDay = false;
      yield row;
    } else if (!first || day < first.day) {
      yield* first?.rows ?? [];
      first = { day, rows: [row] };
    } else if (day === first.day) {
      first.rows.push(row);
    } else {
      yield row;
    }
  }
  if (!first) return;
  const costs = isByDay ? await stored.costs(of) : new Map<string, number>();
  const before = costs.get(first.day) ?? 0;
  if (costOf(first.rows) >= before - Math.abs(before) * rounding) {
    yield* first.rows;
    costs.delete(first.day);
  }
  for (const day of costs.keys()) {
    if (day <= first.day) yield* await stored.rows(of, day);
  }
}
