import type { GoalValue, Measurement } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import type { DoraSettings } from '../config';
import { Measurer } from '../metrics/Measurer';
import { cellKey } from '../metrics/Part';
import { daysIn, type Interval } from '../metrics/period';
import { switchesOf } from '../metrics/switchesOf';
import { windowDays, type StoredGoal } from './Goal';
import { scopesOfGroups } from './scopesOfGroups';

const unknown: Measurement = {
  state: 'none',
  value: null,
  n: 0,
  percentiles: null,
};

/** A goal, and the end of the window that it is measured over, in milliseconds. */
type Asked = { goal: StoredGoal; end: number };

/** Measures what goals are about, by the portal's own definitions. */
export class GoalMeasurer {
  readonly #knex: Knex;
  readonly #settings: DoraSettings;

  constructor(options: { knex: Knex; settings: DoraSettings }) {
    this.#knex = options.knex;
    this.#settings = options.settings;
  }

  /**
   * Measures goals over the windows that end at some instants. Those of one
   * environment are measured together.
   *
   * @returns the values in the order in which they were asked for
   */
  async measure(asked: Asked[]): Promise<GoalValue[]> {
    const environments = new Set(asked.map(({ goal }) => goal.environmentId));
    return this.#knex.transaction(
      async tx => {
        const values = new Map<Asked, GoalValue>();
        for (const environment of environments) {
          await this.#answer(
            tx,
            environment,
            asked.filter(({ goal }) => goal.environmentId === environment),
            values,
          );
        }
        return asked.map(one => values.get(one)!);
      },
      { isolationLevel: 'repeatable read', readOnly: true },
    );
  }

  async #answer(
    tx: Knex,
    environment: number,
    asked: Asked[],
    values: Map<Asked, GoalValue>,
  ): Promise<void> {
    const { defaults } = this.#settings;
    const ends = [...new Set(asked.map(({ end }) => end))];
    const windows = ends.map(end => this.#windowBefore(end));
    const scopes = await scopesOfGroups(
      tx,
      asked.map(({ goal }) => goal.entityRef),
    );
    const measured = await new Measurer(tx).measure(
      {
        level: 'owner',
        environment,
        everywhere: false,
        parts: [...scopes].map(([key, ids]) => ({
          key,
          title: key,
          ids,
          asked: numbersOf(key, asked, ends),
        })),
      },
      windows,
      switchesOf(defaults),
    );
    for (const one of asked) {
      const { goal, end } = one;
      const nth = ends.indexOf(end);
      const window = windows[nth];
      const found = measured.get(cellKey(goal.entityRef, nth))?.[goal.metric];
      const { state, value, n, percentiles } = found ?? unknown;
      values.set(one, {
        state,
        value:
          goal.percentile === null
            ? value
            : percentiles?.[goal.percentile] ?? null,
        n,
        period: {
          from: new Date(window.from).toISOString(),
          to: new Date(window.to).toISOString(),
          days: daysIn(window, defaults.timeZone),
        },
      });
    }
  }

  #windowBefore(to: number): Interval {
    const { timeZone } = this.#settings.defaults;
    const from = DateTime.fromMillis(to, { zone: timeZone })
      .minus({ days: windowDays })
      .toMillis();
    return { from, to };
  }
}

/** The numbers of the windows that goals of a group are measured over. */
function numbersOf(group: string, asked: Asked[], ends: number[]): number[] {
  const own = asked.filter(({ goal }) => goal.entityRef === group);
  return [...new Set(own.map(({ end }) => ends.indexOf(end)))];
}
