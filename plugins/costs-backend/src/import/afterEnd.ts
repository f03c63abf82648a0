import type { Duck } from './Duck';

/**
 * Warns of charges for days after their billing period ends: some are bought
 * ahead, and some are of another bill. A day more is none, as days are those
 * of UTC and periods may end at midnight of another zone.
 *
 * @param duck - with what was found as `charges`
 */
export async function chargesAfterEnd(duck: Duck): Promise<string[]> {
  const found = await duck.rows<{ rows: bigint; period: string; day: string }>(
    `select sum(rows)::bigint as rows, cast(period as varchar) as period,
        cast(max(day) as varchar) as day
      from charges where day > period_end group by period order by period`,
  );
  return found.map(
    ({ rows, period, day }) =>
      `${rows} rows of the billing period of ${period} are for days after it ends, up to ${day}; they count on those days`,
  );
}
