import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import { toldStates, toNotice, type Told } from './toNotice';

const pageSize = 100;

/** Tells people what waits for them, and what became of what they asked for; each of it once. */
export class Notices {
  readonly #knex: Knex;
  readonly #notifications: NotificationService;
  readonly #logger: LoggerService;

  constructor(options: {
    knex: Knex;
    notifications: NotificationService;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#notifications = options.notifications;
    this.#logger = options.logger;
  }

  /** Tells what was not told yet. What cannot be told now is told the next time. */
  async tell(): Promise<void> {
    const news: Told[] = await this.#knex('requests as q')
      .join('resources as r', 'r.id', 'q.resource_id')
      .whereIn('q.state', [...toldStates])
      // What ended longer ago is no news.
      .where('q.changed_at', '>', this.#knex.raw(`now() - interval '1 day'`))
      .whereNotExists(
        this.#knex('notices as n').whereRaw(
          `n.request_id = q.id and n.state = q.state and n.plan = coalesce(q.plan_id::text, '')`,
        ),
      )
      .orderBy('q.changed_at')
      .limit(pageSize)
      .select('q.*', 'r.name', 'r.environment');
    for (const told of news) await this.#tellOf(told);
  }

  async #tellOf(told: Told): Promise<void> {
    const key = {
      request_id: told.id,
      state: told.state,
      plan: told.plan_id ?? '',
    };
    const claimed = await this.#knex('notices')
      .insert(key)
      .onConflict(['request_id', 'state', 'plan'])
      .ignore()
      .returning('state');
    const notice = toNotice(told);
    if (claimed.length === 0 || !notice) return;
    try {
      await this.#notifications.send(notice);
    } catch (error) {
      await this.#knex('notices').where(key).delete();
      this.#logger.warn(
        `What became of request ${told.id} could not be told, and is told later: ${error}`,
      );
    }
  }
}
