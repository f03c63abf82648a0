import type { Measurement, MetricId } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import type { Clock } from './Bucket';
import { measure, type MeasureOptions } from './measure';
import { askedOf, cellKey, type Parts } from './Part';
import { PercentileStore } from './PercentileStore';
import { daysIn, stepsOf, type Interval } from './period';
import {
  RecoveryStore,
  type Recoveries,
  type RecoveryOptions,
} from './RecoveryStore';
import { SumStore } from './SumStore';

/** What the numbers depend on. */
export type Switches = MeasureOptions & {
  recoverySince: 'deployment' | 'incident';
  timeZone: string;
};

/** The five metrics by {@link cellKey}. */
export type Measured = Map<string, Record<MetricId, Measurement>>;

const recoveryOptions = (switches: Switches): RecoveryOptions => ({
  since: switches.recoverySince,
  successesOnly: !switches.countFailedAttempts,
});

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
    return this.#cells(
      parts,
      intervals,
      switches,
      await this.#recoveries.read(parts, intervals, recoveryOptions(switches)),
    );
  }

  /** Measures a whole and its parts. */
  async measureDivided(
    whole: Parts,
    parts: Parts,
    intervals: Interval[],
    switches: Switches,
  ): Promise<Record<'whole' | 'parts', Measured>> {
    if (whole.level !== 'organisation' || !parts.everywhere) {
      return {
        whole: await this.measure(whole, intervals, switches),
        parts: await this.measure(parts, intervals, switches),
      };
    }
    const recoveries = await this.#recoveries.readDivided(
      whole,
      parts,
      intervals,
      recoveryOptions(switches),
    );
    return {
      whole: await this.#cells(whole, intervals, switches, recoveries.whole),
      parts: await this.#cells(parts, intervals, switches, recoveries.parts),
    };
  }

  async #cells(
    parts: Parts,
    intervals: Interval[],
    switches: Switches,
    recoveries: Map<string, Recoveries>,
  ): Promise<Measured> {
    const clock: Clock = switches.clock;
    const sums = await this.#sums.read(parts, intervals, clock);
    const leadTimes = await this.#percentiles.ofLeadTimes(
      parts,
      intervals,
      clock,
      sums,
    );
    const known = await this.#known(parts, intervals, key =>
      Boolean(sums.get(key)?.succeeded),
    );
    const days = intervals.map(interval => daysIn(interval, switches.timeZone));
    return new Map(
      parts.parts.flatMap(part =>
        askedOf(part, intervals).map(index => {
          const { key } = part;
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
    const silent = parts.parts.filter(part =>
      askedOf(part, intervals).some(
        index => !deployed(cellKey(part.key, index)),
      ),
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
