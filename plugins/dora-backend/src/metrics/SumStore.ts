import type { Knex } from 'knex';
import { Bucket, type Clock } from './Bucket';
import { cover } from './coverage';
import { levels, placementColumns } from './levels';
import { cellKey, type Parts } from './Part';
import type { Interval } from './period';

/** The columns that belong to a clock. */
export const clockColumns: Record<Clock, { since: string; bin: string }> = {
  firstCommit: { since: 'since_first_commit', bin: 'first_commit_bin' },
  opened: { since: 'since_opened', bin: 'opened_bin' },
  merged: { since: 'since_merged', bin: 'merged_bin' },
};

/** Parts as rows of key and scope, for SQL to join. */
export function scopeRows({ parts }: Parts): string {
  return JSON.stringify(
    parts.flatMap(({ key, ids }) => ids.map(id => ({ key, id }))),
  );
}

/** Periods as rows of number, beginning and end. */
export function intervalRows(
  intervals: (Interval & { index: number })[],
): string {
  return JSON.stringify(
    intervals.map(({ index, from, to }) => ({
      i: index,
      f: new Date(from).toISOString(),
      t: new Date(to).toISOString(),
    })),
  );
}

/** Common table expressions: the places of each part, and the periods. */
export const placesAndIntervals = (parts: Parts) => `
  wanted as (select * from jsonb_to_recordset(:scopes::jsonb) as r(key text, id int)),
  places as (
    select w.key, p.id as placement_id
    from wanted w join placements p on ${placementColumns[parts.level]} = w.id
  ),
  intervals as (
    select * from jsonb_to_recordset(:intervals::jsonb)
      as r(i int, f timestamptz, t timestamptz)
  )`;

/**
 * Adds up parts over periods: whole days and months of UTC from stored sums,
 * the hours at the borders from single rows.
 */
export class SumStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @returns the sums by {@link cellKey}; a cell with nothing in it is missing */
  async read(
    parts: Parts,
    intervals: Interval[],
    clock: Clock,
  ): Promise<Map<string, Bucket>> {
    const sums = new Map<string, Bucket>();
    const cell = (key: string, interval: number) => {
      const name = cellKey(key, interval);
      const bucket = sums.get(name) ?? new Bucket();
      sums.set(name, bucket);
      return bucket;
    };
    await this.#addStored(parts, intervals, cell);
    await this.#addEdges(parts, intervals, clock, cell);
    return sums;
  }

  async #addStored(
    parts: Parts,
    intervals: Interval[],
    cell: (key: string, interval: number) => Bucket,
  ): Promise<void> {
    const stretches = intervals.flatMap((interval, index) =>
      cover(interval).stretches.map(stretch => ({ i: index, ...stretch })),
    );
    if (stretches.length === 0) return;
    const { rows } = await this.#knex.raw(
      `with wanted as (select * from jsonb_to_recordset(:scopes::jsonb) as r(key text, id int)),
        stretches as (
          select * from jsonb_to_recordset(:stretches::jsonb)
            as r(i int, grain char(1), "from" date, "to" date)
        )
        select w.key, s.i, succeeded, attempts_failed, successes_failed,
          rework, delivered, histograms
        from wanted w cross join stretches s
        join buckets b on b.level = :level and b.scope_id = w.id
          and b.environment_id = :environment and b.grain = s.grain
          and b.starts_on >= s."from" and b.starts_on < s."to"`,
      {
        scopes: scopeRows(parts),
        stretches: JSON.stringify(stretches),
        level: levels[parts.level],
        environment: parts.environment,
      },
    );
    for (const row of rows) {
      const bucket = cell(row.key, row.i);
      bucket.succeeded += row.succeeded;
      bucket.attemptsFailed += row.attempts_failed;
      bucket.successesFailed += row.successes_failed;
      bucket.rework += row.rework;
      bucket.delivered += row.delivered;
      bucket.mergeHistograms(row.histograms);
    }
  }

  async #addEdges(
    parts: Parts,
    intervals: Interval[],
    clock: Clock,
    cell: (key: string, interval: number) => Bucket,
  ): Promise<void> {
    const edges = intervals.flatMap((interval, index) =>
      cover(interval).edges.map(edge => ({ index, ...edge })),
    );
    if (edges.length === 0) return;
    const bindings = {
      scopes: scopeRows(parts),
      intervals: intervalRows(edges),
      environment: parts.environment,
    };
    const inEdges = `from intervals e
      join outcomes o on o.environment_id = :environment and o.at >= e.f and o.at < e.t
      join places p on p.placement_id = o.placement_id`;
    const { rows: outcomes } = await this.#knex.raw(
      `with ${placesAndIntervals(parts)}
        select p.key, e.i,
          count(*) filter (where succeeded)::int as succeeded,
          count(*) filter (where not succeeded and failed)::int as attempts_failed,
          count(*) filter (where succeeded and failed)::int as successes_failed,
          count(*) filter (where succeeded and rework is not null)::int as rework
        ${inEdges} group by p.key, e.i`,
      bindings,
    );
    for (const row of outcomes) {
      const bucket = cell(row.key, row.i);
      bucket.succeeded += row.succeeded;
      bucket.attemptsFailed += row.attempts_failed;
      bucket.successesFailed += row.successes_failed;
      bucket.rework += row.rework;
    }
    const { rows: changes } = await this.#knex.raw(
      `with ${placesAndIntervals(parts)}
        select p.key, e.i, d.${
          clockColumns[clock].bin
        } as bin, count(*)::int as count
        ${inEdges}
        join delivered_changes d on d.deployment_id = o.deployment_id
          and d.environment_id = o.environment_id
        group by p.key, e.i, d.${clockColumns[clock].bin}`,
      bindings,
    );
    for (const { key, i, bin, count } of changes) {
      const bucket = cell(key, i);
      bucket.delivered += count;
      if (bin !== null) bucket.leadTimes[clock].add(bin, count);
    }
  }
}
