import type { Percentiles } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { shortestOf } from '../attribution/bins';
import type { Bucket, Clock } from './Bucket';
import { intervalRows, perRow, placesAndIntervals, scopeRows } from './cellSql';
import { nearestRank } from './Histogram';
import { cellKey, type Parts } from './Part';
import { percents } from './percents';
import type { Interval } from './period';
import { clockColumns } from './SumStore';

function inSeconds([p50, p75, p90]: (string | number)[]): Percentiles {
  return {
    p50: Number(p50) / 1000,
    p75: Number(p75) / 1000,
    p90: Number(p90) / 1000,
  };
}

type RankRow = {
  key: string;
  i: number;
  position: number;
  bin: number;
  value: string | null;
};

/** Finds percentiles. Each is the value of one row. */
export class PercentileStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Percentiles of lead time. The histograms say in which bin each lies and
   * at which rank; of the rows only those of that bin are read.
   *
   * @returns by {@link cellKey}; in seconds
   */
  async ofLeadTimes(
    parts: Parts,
    intervals: Interval[],
    clock: Clock,
    sums: Map<string, Bucket>,
  ): Promise<Map<string, Percentiles>> {
    const wanted = parts.parts.flatMap(({ key }) =>
      intervals.flatMap((_, index) => {
        const histogram = sums.get(cellKey(key, index))?.leadTimes[clock];
        if (!histogram?.size) return [];
        const ranks = histogram.locate(
          percents.map(percent => nearestRank(percent, histogram.size)),
        );
        return ranks.map(({ bin, rank }, position) => ({
          key,
          i: index,
          position,
          bin,
          rank,
        }));
      }),
    );
    if (wanted.length === 0) return new Map();
    const { since, bin } = clockColumns[clock];
    const valuesWhere = (place: string) => `
      select ${since} as value from delivered_changes
      where ${place} environment_id = :environment and ${bin} = r.bin
        and at >= r.f and at < r.t`;
    const { rows } = await this.#knex.raw<{ rows: RankRow[] }>(
      `with ${placesAndIntervals(parts)},
        ranks as (
          select r.*, e.f, e.t from jsonb_to_recordset(:wanted::jsonb) as r(
            key text, i int, position int, bin smallint, rank int)
          join intervals e using (i)
        )
        ${
          parts.level === 'organisation'
            ? `
        select r.key, r.i, r.position, r.bin, found.value from ranks r
        left join lateral (
          ${valuesWhere('')} order by ${since} offset r.rank - 1 limit 1
        ) as found on true`
            : `
,
        together as (
          select key, array_agg(placement_id) as ids from places group by key
        )
        select r.key, r.i, r.position, r.bin, found.value
        from ranks r left join together t using (key)
        left join lateral (
          select f.value from unnest(t.ids) as p(placement_id)
          cross join lateral (
            ${valuesWhere('placement_id = p.placement_id and')} ${perRow}
          ) f
          order by f.value offset r.rank - 1 limit 1
        ) as found on true`
        }`,
      {
        wanted: JSON.stringify(wanted),
        scopes: scopeRows(parts),
        intervals: intervalRows(
          intervals.map((interval, index) => ({ index, ...interval })),
        ),
        environment: parts.environment,
      },
    );
    const values = new Map<string, number[]>();
    for (const { key, i, position, bin: binned, value } of rows) {
      const name = cellKey(key, i);
      const found = values.get(name) ?? [];
      // While sums wait to be added up, the row may be gone: its bin is within 1 %.
      found[position] = value === null ? shortestOf(binned) : Number(value);
      values.set(name, found);
    }
    return new Map(
      [...values].map(([name, found]) => [name, inSeconds(found)]),
    );
  }

  /**
   * When something was deployed with success for the first time, in
   * milliseconds. From then on no deployment is a zero; before, nothing is known.
   *
   * @returns by the key of the part; one that never deployed is missing
   */
  async firstDeployments(parts: Parts): Promise<Map<string, number>> {
    const { rows } = await this.#knex.raw<{
      rows: { key: string; first: Date }[];
    }>(
      `with ${placesAndIntervals(parts)}
        select p.key, min(o.at) as first from places p
        cross join lateral (
          select at from outcomes
          where placement_id = p.placement_id and environment_id = :environment
            and succeeded
          order by at limit 1
        ) o
        group by p.key`,
      {
        scopes: scopeRows(parts),
        intervals: '[]',
        environment: parts.environment,
      },
    );
    return new Map(rows.map(({ key, first }) => [key, first.getTime()]));
  }

  /**
   * On how many of the days something was deployed with success.
   *
   * @param days - one behind the other
   */
  async deploymentDays(parts: Parts, days: Interval[]): Promise<number> {
    const everywhere = parts.level === 'organisation';
    const { rows } = await this.#knex.raw<{ rows: { count: string }[] }>(
      `with ${placesAndIntervals(parts)},
        days as (
          select f, lead(f) over (order by f) as t
          from (
            select to_timestamp(border / 1000) as f
            from unnest(:borders::float8[]) as border
          ) borders
        )
        select count(*) from days e
        where e.t is not null and exists (
          select 1 from ${everywhere ? '' : 'places p cross join'} lateral (
            select 1 from outcomes
            where ${everywhere ? 'true' : 'placement_id = p.placement_id'}
              and environment_id = :environment and succeeded
              and at >= e.f and at < e.t
            limit 1
          ) o
          ${perRow}
        )`,
      {
        scopes: scopeRows(parts),
        intervals: '[]',
        // A year of instants as text takes as long as to ask for them.
        borders: `{${[
          ...days.map(({ from }) => from),
          days.at(-1)?.to,
        ].join()}}`,
        environment: parts.environment,
      },
    );
    return Number(rows[0].count);
  }
}
