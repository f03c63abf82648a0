import { InputError, NotFoundError } from '@backstage/errors';
import {
  metricUnits,
  type Goal,
  type GoalChange,
  type GoalPage,
  type GoalsQuery,
  type NewGoal,
} from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { callerName } from '@waymark/plugin-authorization-node';
import type { DoraSettings } from '../config';
import type { Environments } from '../facts/Environments';
import { moreIsBetter } from '../metrics/bands';
import type { Caller } from '../metrics/MetricsService';
import { beginOf } from './calendar';
import { termsOf, windowDays, type StoredGoal } from './Goal';
import { GoalMeasurer } from './GoalMeasurer';
import type { GoalsService } from './GoalsService';
import { GoalStore } from './GoalStore';
import { groupRefOf } from './groupRef';
import { GroupTree } from './GroupTree';
import { progressOf } from './progress';
import { changedTerms, newTerms } from './terms';

/** Keeps goals, and measures where they stand when it is asked. */
export class DefaultGoalsService implements GoalsService {
  readonly #settings: DoraSettings;
  readonly #environments: Environments;
  readonly #store: GoalStore;
  readonly #groups: GroupTree;
  readonly #measurer: GoalMeasurer;

  private constructor(options: GoalsServiceOptions) {
    this.#settings = options.settings;
    this.#environments = options.environments;
    this.#store = new GoalStore(options.knex);
    this.#groups = new GroupTree(options.knex);
    this.#measurer = new GoalMeasurer(options);
  }

  static create(options: GoalsServiceOptions): DefaultGoalsService {
    return new DefaultGoalsService(options);
  }

  async list(query: GoalsQuery): Promise<GoalPage> {
    const { goals, total } = await this.#store.list({
      groups: query.entityRef
        ? await this.#groupsOf(query.entityRef, query.below ?? false)
        : undefined,
      state: query.state ?? 'active',
      limit: query.limit ?? 50,
      offset: query.offset ?? 0,
    });
    return { items: await this.#described(goals), total };
  }

  async find(id: string): Promise<Goal> {
    const goal = await this.#store.find(id);
    if (!goal) throw new NotFoundError(`There is no goal ${id}`);
    const [described] = await this.#described([goal]);
    return described;
  }

  async set(goal: NewGoal, caller: Caller): Promise<Goal> {
    const entityRef = groupRefOf(goal.entityRef);
    await this.#groups.require(entityRef);
    const environment = this.#environments.nameOf(
      goal.environment ?? 'production',
    );
    const id = await this.#store.add(
      {
        ...newTerms(goal, this.#now()),
        entityRef,
        environment,
        environmentId: await this.#environmentId(environment),
      },
      callerName(caller.credentials),
    );
    return this.find(id);
  }

  async change(id: string, change: GoalChange, caller: Caller) {
    const before = await this.#store.change(
      id,
      goal => changedTerms(goal, change, this.#now()),
      callerName(caller.credentials),
    );
    if (!before) throw notPursued(id);
    return { before: termsOf(before), goal: await this.find(id) };
  }

  async end(id: string, caller: Caller): Promise<Goal> {
    if (!(await this.#store.end(id, callerName(caller.credentials))))
      throw notPursued(id);
    return this.find(id);
  }

  async #groupsOf(text: string, below: boolean): Promise<string[]> {
    const ref = groupRefOf(text);
    await this.#groups.require(ref);
    return below ? this.#groups.below(ref) : [ref];
  }

  /** A goal for an environment that nobody deploys to is a slip of the pen. */
  async #environmentId(environment: string): Promise<number> {
    const known = await this.#environments.find(environment);
    if (known !== undefined) return known;
    if (environment === 'production') {
      return this.#environments.idOf(environment);
    }
    const names = (await this.#environments.list()).map(({ name }) => name);
    throw new InputError(
      `environment: nothing was ever deployed to "${environment}"; known are ${
        names.join(', ') || 'none yet'
      }`,
    );
  }

  #now(): { now: number; timeZone: string } {
    return { now: Date.now(), timeZone: this.#settings.defaults.timeZone };
  }

  async #described(goals: StoredGoal[]): Promise<Goal[]> {
    const { now, timeZone } = this.#now();
    const measured = await this.#measurer.measure(
      goals.flatMap(goal => [
        { goal, end: beginOf(goal.start, timeZone) },
        // An ended goal stands where it stood.
        { goal, end: goal.endedAt?.getTime() ?? now },
      ]),
    );
    return goals.map((goal, index) => {
      const [start, today] = measured.slice(index * 2);
      const values = { start, now: today };
      const {
        id,
        title,
        setBy,
        setAt,
        changedBy,
        changedAt,
        endedBy,
        endedAt,
      } = goal;
      return {
        id,
        title,
        ...termsOf(goal),
        unit: metricUnits[goal.metric],
        better: moreIsBetter(goal.metric) ? 'higher' : 'lower',
        windowDays,
        setBy,
        setAt: setAt.toISOString(),
        ...(changedBy && changedAt
          ? { changedBy, changedAt: changedAt.toISOString() }
          : {}),
        ...(endedBy && endedAt
          ? { endedBy, endedAt: endedAt.toISOString() }
          : {}),
        progress: progressOf(goal, values, {
          now: endedAt?.getTime() ?? now,
          timeZone,
        }),
      };
    });
  }
}

function notPursued(id: string): NotFoundError {
  return new NotFoundError(
    `No goal ${id} is pursued; it may have been ended, and a new one can be set`,
  );
}

type GoalsServiceOptions = {
  knex: Knex;
  settings: DoraSettings;
  environments: Environments;
};
