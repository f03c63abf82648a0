import type { Percentiles } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import {
  intervalRows,
  outcomesInIntervals,
  placesAndIntervals,
  scopeRows,
} from './cellSql';
import { nearestRank } from './Histogram';
import { cellKey, type Parts } from './Part';
import { percents } from './percents';
import type { Interval } from './period';

/** Recovery times of failed deployments. */
export type Recoveries = {
  /** How many recovered. */
  recovered: number;
  /** How many have not. */
  open: number;
  /** In seconds; nothing when none recovered. */
  percentiles: Percentiles | undefined;
};

/** The failed deployments of a part: when each was, and how long it took; -1 where that is not over. */
type Failed = { at: Float64Array; took: Float64Array };

function numbers(text: string): Float64Array {
  const parts = text.split(',');
  const values = new Float64Array(parts.length);
  for (let index = 0; index < parts.length; index += 1) {
    values[index] = Number(parts[index]);
  }
  return values;
}

function summarise(
  { at, took }: Failed,
  { from, to }: Interval,
): Recoveries | undefined {
  const durations = new Float64Array(at.length);
  let failed = 0;
  let recovered = 0;
  for (let index = 0; index < at.length; index += 1) {
    if (at[index] < from || at[index] >= to) continue;
    failed += 1;
    if (took[index] < 0) continue;
    durations[recovered] = took[index];
    recovered += 1;
  }
  if (failed === 0) return undefined;
  const sorted = durations.subarray(0, recovered).sort();
  const [p50, p75, p90] = percents.map(
    percent => sorted[nearestRank(percent, recovered) - 1] / 1000,
  );
  return {
    recovered,
    open: failed - recovered,
    percentiles: recovered > 0 ? { p50, p75, p90 } : undefined,
  };
}

/** Reads recovery times. Failed deployments are few, so they are read one by one, each once. */
export class RecoveryStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @returns by {@link cellKey}; a cell without failed deployments is missing */
  async read(
    parts: Parts,
    intervals: Interval[],
    options: { since: 'deployment' | 'incident'; successesOnly: boolean },
  ): Promise<Map<string, Recoveries>> {
    const column = `since_${options.since}`;
    // Periods touch and overlap: one reading serves them all.
    const all = {
      index: 0,
      from: Math.min(...intervals.map(({ from }) => from)),
      to: Math.max(...intervals.map(({ to }) => to)),
    };
    const { rows } = await this.#knex.raw<{
      rows: { key: string; at: string; took: string }[];
    }>(
      `with ${placesAndIntervals(parts)},
        ${outcomesInIntervals(parts, {
          columns: `placement_id, at, ${column} as took`,
          condition: options.successesOnly ? 'failed and succeeded' : 'failed',
        })}
        select key,
          string_agg((date_part('epoch', at) * 1000)::int8::text, ',') as at,
          string_agg(coalesce(took, -1)::text, ',') as took
        from found group by key`,
      {
        scopes: scopeRows(parts),
        intervals: intervalRows([all]),
        environment: parts.environment,
      },
    );
    return new Map(
      rows.flatMap(({ key, at, took }) => {
        const failed = { at: numbers(at), took: numbers(took) };
        return intervals.flatMap((interval, index) => {
          const recoveries = summarise(failed, interval);
          return recoveries ? [[cellKey(key, index), recoveries] as const] : [];
        });
      }),
    );
  }
}
