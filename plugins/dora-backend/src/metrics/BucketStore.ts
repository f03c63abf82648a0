import type { Knex } from 'knex';
import type { TouchedDay } from '../attribution/ConclusionStore';
import { Bucket, clocks } from './Bucket';
import { levels } from './levels';
import { histogramColumns } from './SumStore';

/** Which sum: of what, where, and of which day or month of UTC. */
export type BucketKey = {
  level: number;
  scope: number;
  environment: number;
  grain: 'd' | 'm';
  /** The first day, as 2026-03-01. */
  startsOn: string;
};

export type StoredBucket = BucketKey & { bucket: Bucket };

type BucketRow = {
  level: number;
  scope_id: number;
  environment_id: number;
  grain: 'd' | 'm';
  starts_on: string;
  succeeded: number;
  attempts_failed: number;
  successes_failed: number;
  rework: number;
  delivered: number;
  first_commit_histogram: Buffer;
  opened_histogram: Buffer;
  merged_histogram: Buffer;
};

function fromRow(row: BucketRow): StoredBucket {
  const bucket = new Bucket();
  bucket.succeeded = row.succeeded;
  bucket.attemptsFailed = row.attempts_failed;
  bucket.successesFailed = row.successes_failed;
  bucket.rework = row.rework;
  bucket.delivered = row.delivered;
  bucket.leadTimes.firstCommit.mergeEncoded(row.first_commit_histogram);
  bucket.leadTimes.opened.mergeEncoded(row.opened_histogram);
  bucket.leadTimes.merged.mergeEncoded(row.merged_histogram);
  return {
    level: row.level,
    scope: row.scope_id,
    environment: row.environment_id,
    grain: row.grain,
    startsOn: row.starts_on,
    bucket,
  };
}

const histograms = Object.values(histogramColumns);

const columns = `level, scope_id, environment_id, grain, starts_on::text as starts_on,
  succeeded, attempts_failed, successes_failed, rework, delivered, ${histograms.join(
    ', ',
  )}`;

const written = {
  level: 'smallint',
  scope_id: 'int',
  environment_id: 'int',
  grain: 'char(1)',
  starts_on: 'date',
  succeeded: 'int',
  attempts_failed: 'int',
  successes_failed: 'int',
  rework: 'int',
  delivered: 'int',
  ...Object.fromEntries(histograms.map(column => [column, 'text'])),
};
const recordset = `jsonb_to_recordset(?::jsonb) as r(${Object.entries(written)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ')})`;
const sums = [
  'succeeded',
  'attempts_failed',
  'successes_failed',
  'rework',
  'delivered',
  ...histograms,
];

function toRow({ bucket, ...key }: StoredBucket) {
  return {
    level: key.level,
    scope_id: key.scope,
    environment_id: key.environment,
    grain: key.grain,
    starts_on: key.startsOn,
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
}

/** The first day of the month of a day. */
export const monthOf = (day: string) => `${day.slice(0, 7)}-01`;

/** The SQL of the sums. */
export class BucketStore {
  /** Writes sums; those that hold nothing are removed. */
  async write(tx: Knex, buckets: StoredBucket[]): Promise<void> {
    if (buckets.length === 0) return;
    const rows = JSON.stringify(buckets.map(toRow));
    const empties = buckets.filter(({ bucket }) => bucket.isEmpty).map(toRow);
    if (empties.length > 0) {
      await tx.raw(
        `delete from buckets b using ${recordset}
          where b.level = r.level and b.scope_id = r.scope_id
            and b.environment_id = r.environment_id and b.grain = r.grain
            and b.starts_on = r.starts_on`,
        [JSON.stringify(empties)],
      );
    }
    await tx.raw(
      `insert into buckets (${Object.keys(written).join(', ')})
        select ${Object.keys(written)
          .map(name =>
            histograms.includes(name) ? `decode(${name}, 'base64')` : name,
          )
          .join(', ')}
        from ${recordset}
        where succeeded + attempts_failed + delivered > 0
        on conflict (level, scope_id, environment_id, grain, starts_on) do update set
          ${sums.map(name => `${name} = excluded.${name}`).join(', ')}`,
      [rows],
    );
  }

  /** Marks the sums above some places, of days in which something of the places changed. */
  async markStale(tx: Knex, touched: TouchedDay[]): Promise<void> {
    if (touched.length === 0) return;
    await tx.raw(
      `insert into stale_buckets (level, scope_id, environment_id, starts_on)
        select distinct l.level, l.scope_id, r.environment, r.day
        from jsonb_to_recordset(?::jsonb)
          as r(placement int, environment int, day date)
        join placements p on p.id = r.placement
        cross join lateral (values
          (${levels.owner}, p.owner_scope), (${levels.system}, p.system_scope),
          (${levels.domain}, p.domain_scope), (${levels.organisation}, 0)
        ) as l(level, scope_id)
        where l.scope_id is not null
        order by 1, 2, 3, 4
        on conflict (level, scope_id, environment_id, starts_on)
          do update set starts_on = excluded.starts_on`,
      [JSON.stringify(touched)],
    );
  }

  /** Takes the marks of one month that nobody else works on. */
  async claimStale(tx: Knex): Promise<
    | {
        environment: number;
        month: string;
        marks: { level: number; scope: number; day: string }[];
      }
    | undefined
  > {
    const { rows: months } = await tx.raw<{
      rows: { environment: number; month: string; free: boolean }[];
    }>(
      `select environment, month::text, free from (
          select environment, month,
            pg_try_advisory_xact_lock(
              hashtextextended('dora.roll-up ' || environment || ' ' || month, 0)) as free
          from (select distinct environment_id::int as environment,
            date_trunc('month', starts_on)::date as month from stale_buckets) as stale
        ) as tried where free limit 1`,
    );
    const [found] = months;
    if (!found) return undefined;
    const { rows: marks } = await tx.raw<{
      rows: { level: number; scope: number; day: string }[];
    }>(
      // Locked in the order in which they are marked, so that nobody waits in a circle.
      `with taken as (
          select level, scope_id, environment_id, starts_on from stale_buckets
          where environment_id = :environment and starts_on >= :month::date
            and starts_on < :month::date + interval '1 month'
          order by level, scope_id, environment_id, starts_on for update
        )
        delete from stale_buckets s using taken t
        where s.level = t.level and s.scope_id = t.scope_id
          and s.environment_id = t.environment_id and s.starts_on = t.starts_on
        returning s.level, s.scope_id as scope, s.starts_on::text as day`,
      { environment: found.environment, month: found.month },
    );
    return { environment: found.environment, month: found.month, marks };
  }

  /** The sums of places by day, each with what the place belongs to. */
  async ofPlaces(
    tx: Knex,
    environment: number,
    days: string[],
  ): Promise<
    (StoredBucket & {
      owner: number | null;
      system: number | null;
      domain: number | null;
    })[]
  > {
    const { rows } = await tx.raw(
      `select ${columns}, p.owner_scope as owner, p.system_scope as system, p.domain_scope as domain
        from buckets b join placements p on p.id = b.scope_id
        where level = ${levels.placement} and environment_id = ? and grain = 'd'
          and starts_on = any(?::date[])`,
      [environment, days],
    );
    return rows.map(
      (
        row: BucketRow & {
          owner: number | null;
          system: number | null;
          domain: number | null;
        },
      ) => ({
        ...fromRow(row),
        owner: row.owner,
        system: row.system,
        domain: row.domain,
      }),
    );
  }

  /** The daily sums of a month of some scopes of any level. */
  async daysOfMonth(
    tx: Knex,
    environment: number,
    month: string,
    scopes: { level: number; scope: number }[],
  ): Promise<StoredBucket[]> {
    const { rows } = await tx.raw<{ rows: BucketRow[] }>(
      `select ${columns} from buckets
        where environment_id = :environment and grain = 'd'
          and starts_on >= :month::date
          and starts_on < :month::date + interval '1 month'
          and (level, scope_id) in (
            select * from unnest(:levels::smallint[], :scopes::int[]))`,
      {
        environment,
        month,
        levels: scopes.map(({ level }) => level),
        scopes: scopes.map(({ scope }) => scope),
      },
    );
    return rows.map(fromRow);
  }
}
