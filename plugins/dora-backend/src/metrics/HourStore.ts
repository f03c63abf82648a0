import type { Knex } from 'knex';
import { Bucket, clocks, type Clock } from './Bucket';
import { perRow } from './cellSql';
import { clockColumns, histogramColumns } from './SumStore';

type HourRow = {
  startsAt: Date;
  succeeded: number;
  attemptsFailed: number;
  successesFailed: number;
  rework: number;
  delivered: number;
} & Record<Clock, string | null>;

const written = {
  starts_at: 'timestamptz',
  succeeded: 'int',
  attempts_failed: 'int',
  successes_failed: 'int',
  rework: 'int',
  delivered: 'int',
};
const histograms = Object.values(histogramColumns);

function bucketOf(row: HourRow): Bucket {
  const bucket = new Bucket();
  bucket.succeeded = row.succeeded;
  bucket.attemptsFailed = row.attemptsFailed;
  bucket.successesFailed = row.successesFailed;
  bucket.rework = row.rework;
  bucket.delivered = row.delivered;
  for (const clock of clocks) {
    for (const bin of row[clock]?.split(',') ?? []) {
      bucket.leadTimes[clock].add(Number(bin));
    }
  }
  return bucket;
}

/** The sums of everything by hour. */
export class HourStore {
  /**
   * Sums up the hours of some days anew, from what happened in them.
   *
   * @param days - days of UTC, as 2026-03-01
   */
  async sumUp(tx: Knex, environment: number, days: string[]): Promise<void> {
    if (days.length === 0) return;
    await tx.raw(
      `delete from hours where environment_id = :environment and starts_at = any(array(
          select (day + hour * interval '1 hour') at time zone 'UTC'
          from unnest(:days::date[]) as day cross join generate_series(0, 23) as hour))`,
      { environment, days },
    );
    const { rows } = await tx.raw<{ rows: HourRow[] }>(
      `select date_trunc('hour', o.at, 'UTC') as "startsAt",
          count(*) filter (where succeeded)::int as succeeded,
          count(*) filter (where not succeeded and failed)::int as "attemptsFailed",
          count(*) filter (where succeeded and failed)::int as "successesFailed",
          count(*) filter (where succeeded and rework is not null)::int as rework,
          sum(d.delivered)::int as delivered,
          ${clocks
            .map(clock => `string_agg(d."${clock}", ',') as "${clock}"`)
            .join(', ')}
        from unnest(:days::date[]) as day
        cross join lateral (
          select * from outcomes
          where environment_id = :environment
            and at >= day::timestamp at time zone 'UTC'
            and at < (day + 1)::timestamp at time zone 'UTC'
          ${perRow}
        ) o
        cross join lateral (
          select count(*) as delivered, ${clocks
            .map(
              clock =>
                `string_agg(${clockColumns[clock].bin}::text, ',') as "${clock}"`,
            )
            .join(', ')}
          from delivered_changes where deployment_id = o.deployment_id
        ) d
        group by 1
        having bool_or(succeeded or failed)`,
      { environment, days },
    );
    if (rows.length === 0) return;
    await tx.raw(
      `insert into hours (environment_id, ${Object.keys(written).join(
        ', ',
      )}, ${histograms.join(', ')})
        select :environment, ${Object.keys(written).join(', ')}, ${histograms
        .map(name => `decode(${name}, 'base64')`)
        .join(', ')}
        from jsonb_to_recordset(:rows::jsonb) as r(${[
          ...Object.entries(written).map(([name, type]) => `${name} ${type}`),
          ...histograms.map(name => `${name} text`),
        ].join(', ')})`,
      {
        environment,
        rows: JSON.stringify(
          rows.map(row => {
            const bucket = bucketOf(row);
            return {
              starts_at: row.startsAt.toISOString(),
              succeeded: bucket.succeeded,
              attempts_failed: bucket.attemptsFailed,
              successes_failed: bucket.successesFailed,
              rework: bucket.rework,
              delivered: bucket.delivered,
              ...Object.fromEntries(
                clocks.map(clock => [
                  histogramColumns[clock],
                  bucket.leadTimes[clock].encode().toString('base64'),
                ]),
              ),
            };
          }),
        ),
      },
    );
  }
}
