import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import type { DelegationStore } from '../requests/DelegationStore';
import {
  approversOf,
  toldStates,
  toNotice,
  toReminder,
  type Told,
} from './toNotice';

const pageSize = 100;

/** By when it came into its state: it may come into it again, and with the same plan. */
const occasion = 'extract(epoch from q.changed_at)::text';
type News = Told & { occasion: string };

/** How long before a request expires its approvers are reminded. */
const reminder = '1 day';

/** Tells people what waits for them, and what became of what they asked for; each of it once. */
export class Notices {
  readonly #knex: Knex;
  readonly #delegations: DelegationStore;
  readonly #notifications: NotificationService;
  readonly #logger: LoggerService;

  constructor(options: {
    knex: Knex;
    delegations: DelegationStore;
    notifications: NotificationService;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#delegations = options.delegations;
    this.#notifications = options.notifications;
    this.#logger = options.logger;
  }

  /** Tells what was not told yet. What cannot be told now is told the next time. */
  async tell(): Promise<void> {
    const news: News[] = await this.#knex('requests as q')
      .join('resources as r', 'r.id', 'q.resource_id')
      .whereIn('q.state', [...toldStates])
      // What ended longer ago is no news.
      .where('q.changed_at', '>', this.#knex.raw(`now() - interval '1 day'`))
      .whereNotExists(
        this.#knex('notices as n').whereRaw(
          `n.request_id = q.id and n.state = q.state and n.occasion = ${occasion}`,
        ),
      )
      .orderBy('q.changed_at')
      .limit(pageSize)
      .select('q.*', 'r.name', 'r.environment')
      .select({ occasion: this.#knex.raw(occasion) });
    for (const told of news) await this.#tellOf(told);
    await this.#remind();
  }

  /** Reminds those who have not decided on what is about to expire, once. */
  async #remind(): Promise<void> {
    const due: Told[] = await this.#knex('requests as q')
      .updateFrom('resources as r')
      .whereRaw('r.id = q.resource_id')
      .where({ 'q.state': 'pendingApproval' })
      .whereNull('q.reminded_at')
      .whereRaw(`q.expires_at < now() + interval '${reminder}'`)
      .update({ reminded_at: this.#knex.fn.now() })
      .returning(['q.*', 'r.name', 'r.environment']);
    for (const told of due) {
      const decided = await this.#knex('approvals')
        .where({ request_id: told.id, verdict: 'approve' })
        .select('by_ref', 'for_refs');
      const done = decided.flatMap(({ by_ref, for_refs }) => [
        by_ref,
        ...for_refs,
      ]);
      const waiting = approversOf(told).filter(
        person => !done.includes(person),
      );
      const people = await this.#withStandIns(waiting, told);
      if (people.length === 0) continue;
      await this.#notifications
        .send(toReminder(told, people))
        .catch(async error => {
          await this.#knex('requests')
            .where({ id: told.id })
            .update({ reminded_at: null });
          this.#logger.warn(
            `Approvers of ${told.id} could not be reminded, and are later: ${error}`,
          );
        });
    }
  }

  /**
   * Tells those who have come to be approvers of what waits already. Who cannot
   * be told has it in their list, and is reminded before it is too late.
   */
  async tellNewcomers(requestId: string, people: string[]): Promise<void> {
    const told: Told | undefined = await this.#knex('requests as q')
      .join('resources as r', 'r.id', 'q.resource_id')
      .where({ 'q.id': requestId })
      .first('q.*', 'r.name', 'r.environment');
    const notice =
      told &&
      toNotice(told, await this.#delegations.standInsOf(people), people);
    if (!notice) return;
    await this.#notifications.send(notice).catch((error: unknown) => {
      this.#logger.warn(
        `New approvers of ${requestId} could not be told: ${error}`,
      );
    });
  }

  async #withStandIns(people: string[], told: Told): Promise<string[]> {
    const standIns = await this.#delegations.standInsOf(people);
    return [...new Set([...people, ...standIns])].filter(
      person => person !== told.requested_by,
    );
  }

  /** Whether who asked did it, and so knows. */
  async #isOwnDoing({ id, state, requested_by }: Told): Promise<boolean> {
    if (state !== 'cancelled') return false;
    const entry = await this.#knex('audit')
      .where({ request_id: id, action: 'request.cancelled' })
      .orderBy('number', 'desc')
      .first('by_ref');
    return entry?.by_ref === requested_by;
  }

  async #tellOf(told: News): Promise<void> {
    const key = {
      request_id: told.id,
      state: told.state,
      occasion: told.occasion,
    };
    const claimed = await this.#knex('notices')
      .insert(key)
      .onConflict(['request_id', 'state', 'occasion'])
      .ignore()
      .returning('state');
    const standIns =
      told.state === 'pendingApproval'
        ? await this.#delegations.standInsOf(approversOf(told))
        : [];
    const notice = toNotice(told, standIns);
    if (claimed.length === 0 || !notice || (await this.#isOwnDoing(told))) {
      return;
    }
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
