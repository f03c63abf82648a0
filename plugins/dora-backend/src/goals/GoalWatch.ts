import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { GoalValue } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import type { DoraSettings } from '../config';
import { moreIsBetter } from '../metrics/bands';
import { isReading } from '../metrics/upToDate';
import type { Side, StoredGoal } from './Goal';
import { GoalMeasurer } from './GoalMeasurer';
import { GoalStore } from './GoalStore';
import { crossingNotice } from './notices';
import { ofFinishedGroups } from './ofFinishedGroups';
import { isReached } from './progress';

/** How far behind its target a metric falls before it counts as missed again. */
const slack = 0.05;

/**
 * On which side of its target a metric is. One that hovers around the target
 * stays on the side it was on: it is missed again a little behind it only.
 *
 * @returns nothing when too little is known to say so
 */
export function sideOf(
  { metric, target, side }: Pick<StoredGoal, 'metric' | 'target' | 'side'>,
  { state, value }: Pick<GoalValue, 'state' | 'value'>,
): Side | undefined {
  if (state !== 'measured' || value === null) return undefined;
  const limit =
    side === 'reached'
      ? target * (moreIsBetter(metric) ? 1 - slack : 1 + slack)
      : target;
  return isReached(metric, value, limit) ? 'reached' : 'missed';
}

/** Looks where goals stand, and tells a group when a metric crosses one. */
export class GoalWatch {
  readonly #knex: Knex;
  readonly #store: GoalStore;
  readonly #measurer: GoalMeasurer;
  readonly #notifications: NotificationService;
  readonly #logger: LoggerService;

  private constructor(options: GoalWatchOptions) {
    this.#knex = options.knex;
    this.#store = new GoalStore(options.knex);
    this.#measurer = new GoalMeasurer(options);
    this.#notifications = options.notifications;
    this.#logger = options.logger;
  }

  static create(options: GoalWatchOptions): GoalWatch {
    return new GoalWatch(options);
  }

  /**
   * Looks once. While deliveries of a group are being computed nothing is
   * concluded of it: half of an import crosses goals that the whole of it does
   * not. The others need not wait for that. What could not be told is told the
   * next time.
   */
  async look(): Promise<void> {
    if (await isReading(this.#knex)) return;
    const goals = await ofFinishedGroups(
      this.#knex,
      await this.#store.active(),
    );
    const end = Date.now();
    const values = await this.#measurer.measure(
      goals.map(goal => ({ goal, end })),
    );
    for (const [index, goal] of goals.entries()) {
      await this.#lookAt(goal, values[index]);
    }
  }

  async #lookAt(goal: StoredGoal, value: GoalValue): Promise<void> {
    const side = sideOf(goal, value);
    if (side === undefined || side === goal.side) return;
    if (goal.side === null) {
      await this.#store.noteSide(goal, side);
      return;
    }
    try {
      await this.#store.cross(goal.id, side, crossing =>
        this.#notifications.send({
          recipients: { type: 'entity', entityRef: goal.entityRef },
          payload: crossingNotice({
            goal,
            side,
            value: value.value ?? 0,
            crossing,
          }),
        }),
      );
    } catch (error) {
      this.#logger.warn(
        `That ${goal.entityRef} crossed goal ${goal.id} could not be told, and is told later: ${error}`,
      );
    }
  }
}

type GoalWatchOptions = {
  knex: Knex;
  settings: DoraSettings;
  notifications: NotificationService;
  logger: LoggerService;
};
