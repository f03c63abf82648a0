import type { Knex } from 'knex';
import { Bucket, type Clock } from './Bucket';
import { cover, coverByHours, type Coverage, type Stretch } from './coverage';
import {
  intervalRows,
  isAsked,
  outcomesInIntervals,
  placesAndIntervals,
  scopeRows,
  wanted,
} from './cellSql';
import { levels } from './levels';
import { cellKey, type Parts } from './Part';
import type { Interval } from './period';

/** The columns that belong to a clock. */
export const clockColumns: Record<Clock, { since: string; bin: string }> = {
  firstCommit: { since: 'since_first_commit', bin: 'first_commit_bin' },
  opened: { since: 'since_opened', bin: 'opened_bin' },
  merged: { since: 'since_merged', bin: 'merged_bin' },
};

/** The column of `buckets` with the histogram of a clock. */
export const histogramColumns: Record<Clock, string> = {
  firstCommit: 'first_commit_histogram',
  opened: 'opened_histogram',
  merged: 'merged_histogram',
};

/** What is counted, as SQL returns it. */
type CounterRow = {
  key: string;
  i: number;
  succeeded: number;
  attempts_failed: number;
  successes_failed: number;
  rework: number;
  delivered: number;
};
type StoredRow = CounterRow & { histograms: Buffer };
type EdgeRow = CounterRow & { bins: string | null };

type CellOf = (key: string, interval: number) => Bucket;

const numbered = (covers: Coverage[], kind: 'hours' | 'edges') =>
  covers.flatMap((covered, index) =>
    covered[kind].map(interval => ({ index, ...interval })),
  );

/** Stored sums of one stretch, added up where they are found: nothing is sorted. Histograms are put one behind the other. */
const summed = (clock: Clock) => `sum(succeeded)::int as succeeded,
  sum(attempts_failed)::int as attempts_failed,
  sum(successes_failed)::int as successes_failed,
  sum(rework)::int as rework, sum(delivered)::int as delivered,
  string_agg(${histogramColumns[clock]}, '') as histograms`;

function addStoredRows(rows: StoredRow[], clock: Clock, cell: CellOf): void {
  for (const row of rows) {
    const bucket = cell(row.key, row.i);
    addCounters(bucket, row);
    bucket.leadTimes[clock].mergeEncoded(row.histograms);
  }
}

function addCounters(bucket: Bucket, row: CounterRow): void {
  bucket.succeeded += row.succeeded;
  bucket.attemptsFailed += row.attempts_failed;
  bucket.successesFailed += row.successes_failed;
  bucket.rework += row.rework;
  bucket.delivered += row.delivered;
}

/**
 * Adds up parts over periods: whole months and days of UTC, and of everything
 * hours, from stored sums; what is cut off at the borders from single rows.
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
    const coverOf = parts.level === 'organisation' ? coverByHours : cover;
    const covers = intervals.map(coverOf);
    await this.#addStored(
      parts,
      clock,
      cell,
      covers.flatMap(({ stretches }, i) =>
        stretches.map(stretch => ({ i, ...stretch })),
      ),
    );
    await this.#addHours(parts, clock, cell, numbered(covers, 'hours'));
    await this.#addEdges(parts, clock, cell, numbered(covers, 'edges'));
    return sums;
  }

  async #addStored(
    parts: Parts,
    clock: Clock,
    cell: CellOf,
    stretches: (Stretch & { i: number })[],
  ): Promise<void> {
    if (stretches.length === 0) return;
    const { rows } = await this.#knex.raw<{ rows: StoredRow[] }>(
      `with ${wanted},
        stretches as (
          select * from jsonb_to_recordset(:stretches::jsonb)
            as r(i int, grain char(1), "from" date, "to" date)
        )
        select w.key, s.i, b.*
        from wanted w join stretches s on ${isAsked('w', 's.i')}
        cross join lateral (
          select ${summed(clock)} from buckets
          where level = :level and scope_id = w.id
            and environment_id = :environment and grain = s.grain
            and starts_on >= s."from" and starts_on < s."to"
          having count(*) > 0
        ) b`,
      {
        scopes: scopeRows(parts),
        stretches: JSON.stringify(stretches),
        level: levels[parts.level],
        environment: parts.environment,
      },
    );
    addStoredRows(rows, clock, cell);
  }

  /** Everything is summed up by hour as well. */
  async #addHours(
    parts: Parts,
    clock: Clock,
    cell: CellOf,
    hours: (Interval & { index: number })[],
  ): Promise<void> {
    if (hours.length === 0) return;
    const { rows } = await this.#knex.raw<{ rows: StoredRow[] }>(
      `with ${placesAndIntervals(parts)}
        select w.key, e.i, b.*
        from wanted w cross join intervals e
        cross join lateral (
          select ${summed(clock)} from hours
          where environment_id = :environment
            and starts_at >= e.f and starts_at < e.t
          having count(*) > 0
        ) b`,
      {
        scopes: scopeRows(parts),
        intervals: intervalRows(hours),
        environment: parts.environment,
      },
    );
    addStoredRows(rows, clock, cell);
  }

  async #addEdges(
    parts: Parts,
    clock: Clock,
    cell: CellOf,
    edges: (Interval & { index: number })[],
  ): Promise<void> {
    if (edges.length === 0) return;
    const { rows } = await this.#knex.raw<{ rows: EdgeRow[] }>(
      `with ${placesAndIntervals(parts)}, ${outcomesInIntervals(parts, {
        columns: 'placement_id, deployment_id, succeeded, failed, rework',
      })}
        select key, i,
          count(*) filter (where succeeded)::int as succeeded,
          count(*) filter (where not succeeded and failed)::int as attempts_failed,
          count(*) filter (where succeeded and failed)::int as successes_failed,
          count(*) filter (where succeeded and rework is not null)::int as rework,
          sum(d.delivered)::int as delivered, string_agg(d.bins, ',') as bins
        from found f cross join lateral (
          select count(*) as delivered,
            string_agg(${clockColumns[clock].bin}::text, ',') as bins
          from delivered_changes where deployment_id = f.deployment_id
        ) d
        group by key, i`,
      {
        scopes: scopeRows(parts),
        intervals: intervalRows(edges),
        environment: parts.environment,
      },
    );
    for (const row of rows) {
      const bucket = cell(row.key, row.i);
      addCounters(bucket, row);
      for (const bin of row.bins?.split(',') ?? []) {
        bucket.leadTimes[clock].add(Number(bin));
      }
    }
  }
}
