import { NotFoundError } from '@backstage/errors';
import type { GoalValue, Measurement } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import type { DoraSettings } from '../config';
import { Measurer } from '../metrics/Measurer';
import { cellKey, type Part } from '../metrics/Part';
import { daysIn, type Interval } from '../metrics/period';
import { ScopeResolver } from '../metrics/ScopeResolver';
import { switchesOf } from '../metrics/switchesOf';
import { windowDays, type StoredGoal } from './Goal';

const unknown: Measurement = {
  state: 'none',
  value: null,
  n: 0,
  percentiles: null,
};

type Question = { environment: number; window: Interval; goals: StoredGoal[] };

/** Measures what goals are about, by the portal's own definitions. */
export class GoalMeasurer {
  readonly #knex: Knex;
  readonly #settings: DoraSettings;

  constructor(options: { knex: Knex; settings: DoraSettings }) {
    this.#knex = options.knex;
    this.#settings = options.settings;
  }

  /**
   * Measures each goal over the window that ends at its instant. Goals of one
   * environment and instant are measured together.
   *
   * @param endOf - in milliseconds
   * @returns the values by the id of the goal
   */
  async values(
    goals: StoredGoal[],
    endOf: (goal: StoredGoal) => number,
  ): Promise<Map<string, GoalValue>> {
    const questions = new Map<string, Question>();
    for (const goal of goals) {
      const end = endOf(goal);
      const key = `${goal.environmentId} ${end}`;
      const question = questions.get(key) ?? {
        environment: goal.environmentId,
        window: this.#windowBefore(end),
        goals: [],
      };
      question.goals.push(goal);
      questions.set(key, question);
    }
    return this.#knex.transaction(
      async tx => {
        const groups = await groupsOf(tx, goals);
        const values = new Map<string, GoalValue>();
        for (const question of questions.values()) {
          await this.#answer(tx, question, groups, values);
        }
        return values;
      },
      { isolationLevel: 'repeatable read', readOnly: true },
    );
  }

  async #answer(
    tx: Knex,
    { environment, window, goals }: Question,
    groups: Map<string, Part>,
    values: Map<string, GoalValue>,
  ): Promise<void> {
    const { defaults } = this.#settings;
    const refs = new Set(goals.map(({ entityRef }) => entityRef));
    const parts = [...groups.values()].filter(({ key }) => refs.has(key));
    const measured = await new Measurer(tx).measure(
      { level: 'owner', parts, environment, everywhere: false },
      [window],
      switchesOf(defaults),
    );
    for (const goal of goals) {
      const found = measured.get(cellKey(goal.entityRef, 0))?.[goal.metric];
      const { state, value, n, percentiles } = found ?? unknown;
      values.set(goal.id, {
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

/** The groups as parts; one that has left the catalog is missing. */
export async function groupsOf(
  tx: Knex,
  goals: Pick<StoredGoal, 'entityRef' | 'title'>[],
): Promise<Map<string, Part>> {
  const scopes = new ScopeResolver(tx);
  const groups = new Map<string, Part>();
  for (const { entityRef, title } of goals) {
    if (groups.has(entityRef)) continue;
    try {
      const { ids } = await scopes.entity(entityRef);
      groups.set(entityRef, { key: entityRef, title, ids });
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
  }
  return groups;
}
