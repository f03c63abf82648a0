import type { Measurement, MetricId } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import type { Clock } from './Bucket';
import { measure, type MeasureOptions } from './measure';
import { cellKey, type Parts } from './Part';
import { PercentileStore } from './PercentileStore';
import { daysIn, stepsOf, type Interval } from './period';
import { RecoveryStore } from './RecoveryStore';
import { SumStore } from './SumStore';

/** What the numbers depend on. */
export type Switches = MeasureOptions & {
  recoverySince: 'deployment' | 'incident';
  timeZone: string;
};

/** The five metrics by {@link cellKey}. */
export type Measured = Map<string, Record<MetricId, Measurement>>;

/** Measures parts over periods, all from one moment of the database. */
export class Measurer {
  readonly #sums: SumStore;
  readonly #percentiles: PercentileStore;
  readonly #recoveries: RecoveryStore;

  /** @param tx - a transaction that sees one moment */
  constructor(tx: Knex) {
    this.#sums = new SumStore(tx);
    this.#percentiles = new PercentileStore(tx);
    this.#recoveries = new RecoveryStore(tx);
  }

  async measure(
    parts: Parts,
    intervals: Interval[],
    switches: Switches,
  ): Promise<Measured> {
    const clock: Clock = switches.clock;
    const sums = await this.#sums.read(parts, intervals, clock);
    const leadTimes = await this.#percentiles.ofLeadTimes(
      parts,
      intervals,
      clock,
      sums,
    );
    const recoveries = await this.#recoveries.read(parts, intervals, {
      since: switches.recoverySince,
      successesOnly: !switches.countFailedAttempts,
    });
    const known = await this.#known(parts, intervals, key =>
      Boolean(sums.get(key)?.succeeded),
    );
    const days = intervals.map(interval => daysIn(interval, switches.timeZone));
    return new Map(
      parts.parts.flatMap(({ key }) =>
        intervals.map((_, index) => {
          const name = cellKey(key, index);
          const cell = {
            sums: sums.get(name),
            leadTime: leadTimes.get(name),
            recoveries: recoveries.get(name),
            known: known(key, index),
            days: days[index],
          };
          return [name, measure(cell, switches)] as const;
        }),
      ),
    );
  }

  /** Whoever deployed in the period is known; only the others are looked up. */
  async #known(
    parts: Parts,
    intervals: Interval[],
    deployed: (cell: string) => boolean,
  ): Promise<(key: string, interval: number) => boolean> {
    const silent = parts.parts.filter(({ key }) =>
      intervals.some((_, index) => !deployed(cellKey(key, index))),
    );
    const first =
      silent.length > 0
        ? await this.#percentiles.firstDeployments({ ...parts, parts: silent })
        : new Map<string, number>();
    return (key, index) =>
      deployed(cellKey(key, index)) ||
      (first.get(key) ?? Infinity) < intervals[index].to;
  }

  /** Deployment days, and how many that is a week. */
  async deploymentDays(
    parts: Parts,
    period: Interval,
    timeZone: string,
  ): Promise<{ deploymentDays: number; deploymentDaysPerWeek: number }> {
    const deploymentDays = await this.#percentiles.deploymentDays(
      parts,
      stepsOf(period, 'day', { timeZone, weekStart: 'monday' }),
    );
    return {
      deploymentDays,
      deploymentDaysPerWeek: (deploymentDays / daysIn(period, timeZone)) * 7,
    };
  }
}
