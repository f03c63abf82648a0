import type { Percentiles } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { isAsked, placesAndIntervals, scopeRows } from './cellSql';
import { decodeInts, decodeLongs } from './decodeNumbers';
import { nearestRank } from './Histogram';
import { askedOf, cellKey, type Parts } from './Part';
import { percents } from './percents';
import type { Interval } from './period';
import { Segments } from './Segments';

/** Recovery times of failed deployments. */
export type Recoveries = {
  /** How many recovered. */
  recovered: number;
  /** How many have not. */
  open: number;
  /** In seconds; nothing when none recovered. */
  percentiles: Percentiles | undefined;
};

/** How recovery times are read. */
export type RecoveryOptions = {
  since: 'deployment' | 'incident';
  /** Whether deployments that ended in failure are left out. */
  successesOnly: boolean;
};

/** How long each of some failed deployments took, in milliseconds; -1 where that is not over. */
type Durations = ArrayLike<number>;

/** Failed deployments of one part in one segment. */
type Failed = { key: string; segment: number; took: Durations };

/** Those of one segment, wherever they were, in one order. */
type FailedAnywhere = {
  segment: number;
  placements: Int32Array;
  took: Float64Array;
};

/** All of them as those of the one part that is everything. */
function together(anywhere: FailedAnywhere[], whole: Parts): Failed[] {
  const [{ key }] = whole.parts;
  return anywhere.map(({ segment, took }) => ({ key, segment, took }));
}

/** Sorts them by the part that each place belongs to; some belong to none. */
function divide(
  { segment, placements, took }: FailedAnywhere,
  keyOf: Map<number, string>,
): Failed[] {
  const found = new Map<string, number[]>();
  placements.forEach((placement, index) => {
    const key = keyOf.get(placement);
    if (key === undefined) return;
    const some = found.get(key);
    if (some) some.push(took[index]);
    else found.set(key, [took[index]]);
  });
  return [...found].map(([key, some]) => ({ key, segment, took: some }));
}

function summarise(durations: Durations[]): Recoveries | undefined {
  const failed = durations.reduce((sum, { length }) => sum + length, 0);
  if (failed === 0) return undefined;
  const took = new Float64Array(failed);
  let recovered = 0;
  for (const some of durations) {
    for (let index = 0; index < some.length; index += 1) {
      if (some[index] < 0) continue;
      took[recovered] = some[index];
      recovered += 1;
    }
  }
  const sorted = took.subarray(0, recovered).sort();
  const [p50, p75, p90] = percents.map(
    percent => sorted[nearestRank(percent, recovered) - 1] / 1000,
  );
  return {
    recovered,
    open: failed - recovered,
    percentiles: recovered > 0 ? { p50, p75, p90 } : undefined,
  };
}

/** Which deployments count as failed, and how long each took, as bytes. */
const failuresOf = ({ since, successesOnly }: RecoveryOptions) => ({
  column: `int8send(coalesce(since_${since}, -1))`,
  condition: successesOnly ? 'failed and succeeded' : 'failed',
});

/** Put together for each part and each period that it is asked for and has any. */
function toCells(
  failed: Failed[],
  { parts }: Parts,
  segments: Segments,
  intervals: Interval[],
): Map<string, Recoveries> {
  const found = new Map<string, Durations[][]>();
  for (const { key, segment, took } of failed) {
    const bySegment = found.get(key) ?? [];
    bySegment[segment] ??= [];
    bySegment[segment].push(took);
    found.set(key, bySegment);
  }
  return new Map(
    parts.flatMap(part =>
      askedOf(part, intervals).flatMap(index => {
        const bySegment = found.get(part.key) ?? [];
        const recoveries = summarise(
          segments
            .within(intervals[index])
            .flatMap(number => bySegment[number] ?? []),
        );
        return recoveries
          ? [[cellKey(part.key, index), recoveries] as const]
          : [];
      }),
    ),
  );
}

/** The parts, asked for the segments that the periods they are asked for consist of. */
function inSegments(
  parts: Parts,
  segments: Segments,
  intervals: Interval[],
): Parts {
  return {
    ...parts,
    parts: parts.parts.map(part => ({
      ...part,
      asked: part.asked?.flatMap(index => segments.within(intervals[index])),
    })),
  };
}

/** The segments as rows of number, beginning and end. */
const segmentRows = `
  select * from unnest(:starts::timestamptz[], :ends::timestamptz[])
    with ordinality as s(f, t, segment)`;

/**
 * Reads recovery times. Failed deployments are few, so they are read one by
 * one, each once, and the periods are put together of them here. The database
 * puts them one behind the other and groups nothing: of tens of thousands that
 * takes a third of the time.
 */
export class RecoveryStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @returns by {@link cellKey}; a cell without failed deployments is missing */
  async read(
    parts: Parts,
    intervals: Interval[],
    options: RecoveryOptions,
  ): Promise<Map<string, Recoveries>> {
    const segments = new Segments(intervals);
    if (parts.level === 'organisation') {
      const anywhere = await this.#anywhere(parts, segments, options);
      return toCells(together(anywhere, parts), parts, segments, intervals);
    }
    const failed = parts.everywhere
      ? await this.#divided(
          parts,
          await this.#anywhere(parts, segments, options),
        )
      : await this.#byPlace(
          inSegments(parts, segments, intervals),
          segments,
          options,
        );
    return toCells(failed, parts, segments, intervals);
  }

  /**
   * Reads everything once, and divides it.
   *
   * @param whole - everything, as one part
   * @param parts - of everything
   * @returns both by {@link cellKey}
   */
  async readDivided(
    whole: Parts,
    parts: Parts,
    intervals: Interval[],
    options: RecoveryOptions,
  ): Promise<Record<'whole' | 'parts', Map<string, Recoveries>>> {
    const segments = new Segments(intervals);
    const anywhere = await this.#anywhere(parts, segments, options);
    const divided = await this.#divided(parts, anywhere);
    return {
      whole: toCells(together(anywhere, whole), whole, segments, intervals),
      parts: toCells(divided, parts, segments, intervals),
    };
  }

  /** All there are. */
  async #anywhere(
    { environment }: Parts,
    segments: Segments,
    options: RecoveryOptions,
  ): Promise<FailedAnywhere[]> {
    const { column, condition } = failuresOf(options);
    const { rows } = await this.#knex.raw<{
      rows: { segment: string; placements: Buffer; took: Buffer }[];
    }>(
      `select s.segment, f.*
        from (${segmentRows}) s cross join lateral (
          select string_agg(int4send(placement_id), '') as placements,
            string_agg(${column}, '') as took
          from outcomes
          where environment_id = :environment and at >= s.f and at < s.t
            and ${condition}
          having count(*) > 0
        ) f`,
      { ...segments.bindings(), environment },
    );
    return rows.map(({ segment, placements, took }) => ({
      segment: Number(segment),
      placements: decodeInts(placements),
      took: decodeLongs(took),
    }));
  }

  async #divided(parts: Parts, anywhere: FailedAnywhere[]): Promise<Failed[]> {
    const { rows } = await this.#knex.raw<{
      rows: { key: string; ids: number[] }[];
    }>(
      `with ${placesAndIntervals(parts)}
        select key, array_agg(placement_id) as ids from places group by key`,
      { scopes: scopeRows(parts), intervals: '[]' },
    );
    const keyOf = new Map(
      rows.flatMap(({ key, ids }) => ids.map(id => [id, key] as const)),
    );
    return anywhere.flatMap(one => divide(one, keyOf));
  }

  /** Those of few places, looked up for each. */
  async #byPlace(
    parts: Parts,
    segments: Segments,
    options: RecoveryOptions,
  ): Promise<Failed[]> {
    const { column, condition } = failuresOf(options);
    const { rows } = await this.#knex.raw<{
      rows: { key: string; segment: string; took: Buffer }[];
    }>(
      `with ${placesAndIntervals(parts)}
        select p.key, s.segment, f.took
        from places p join (${segmentRows}) s on ${isAsked('p', 's.segment')}
        cross join lateral (
          select string_agg(${column}, '') as took
          from outcomes
          where placement_id = p.placement_id and environment_id = :environment
            and at >= s.f and at < s.t and ${condition}
          having count(*) > 0
        ) f`,
      {
        ...segments.bindings(),
        scopes: scopeRows(parts),
        intervals: '[]',
        environment: parts.environment,
      },
    );
    return rows.map(({ key, segment, took }) => ({
      key,
      segment: Number(segment),
      took: decodeLongs(took),
    }));
  }
}
