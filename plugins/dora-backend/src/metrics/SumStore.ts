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

/** The column of `buckets` with the histogram of a clock. */
export const histogramColumns: Record<Clock, string> = {
  firstCommit: 'first_commit_histogram',
  opened: 'opened_histogram',
  merged: 'merged_histogram',
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
 * Keeps a subquery from being joined as a whole: it is looked up in an index
 * for each row beside it. The planner does not know how few rows a JSON array
 * holds, and would rather read all of a table.
 */
export const perRow = 'offset 0';

/** Common table expression: which outcomes lie in the periods, as \`found\` by key and number. */
export const outcomesInIntervals = (
  parts: Parts,
  options: { columns: string; condition?: string },
) => {
  const { columns, condition = 'true' } = options;
  const everywhere = parts.level === 'organisation';
  return `
    found as (
      select p.key, e.i, o.*
      from intervals e cross join ${everywhere ? 'wanted' : 'places'} p
      cross join lateral (
        select ${columns} from outcomes
        where ${everywhere ? 'true' : 'placement_id = p.placement_id'}
          and environment_id = :environment and at >= e.f and at < e.t
          and ${condition}
        ${perRow}
      ) o
    )`;
};

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
    await this.#addStored(parts, intervals, clock, cell);
    await this.#addEdges(parts, intervals, clock, cell);
    return sums;
  }

  async #addStored(
    parts: Parts,
    intervals: Interval[],
    clock: Clock,
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
        select w.key, s.i, b.*
        from wanted w cross join stretches s
        cross join lateral (
          select succeeded, attempts_failed, successes_failed, rework, delivered,
            ${histogramColumns[clock]} as histogram
          from buckets
          where level = :level and scope_id = w.id
            and environment_id = :environment and grain = s.grain
            and starts_on >= s."from" and starts_on < s."to"
          ${perRow}
        ) b`,
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
      bucket.mergeHistogram(clock, row.histogram);
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
    const found = outcomesInIntervals(parts, {
      columns: 'deployment_id, succeeded, failed, rework',
    });
    const { rows: outcomes } = await this.#knex.raw(
      `with ${placesAndIntervals(parts)}, ${found}
        select key, i,
          count(*) filter (where succeeded)::int as succeeded,
          count(*) filter (where not succeeded and failed)::int as attempts_failed,
          count(*) filter (where succeeded and failed)::int as successes_failed,
          count(*) filter (where succeeded and rework is not null)::int as rework
        from found group by key, i`,
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
      `with ${placesAndIntervals(parts)}, ${found}
        select f.key, f.i, d.bin, count(*)::int as count
        from found f cross join lateral (
          select ${clockColumns[clock].bin} as bin from delivered_changes
          where deployment_id = f.deployment_id
          ${perRow}
        ) d
        group by f.key, f.i, d.bin`,
      bindings,
    );
    for (const { key, i, bin, count } of changes) {
      const bucket = cell(key, i);
      bucket.delivered += count;
      if (bin !== null) bucket.leadTimes[clock].add(bin, count);
    }
  }
}
