import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import type { RequestsService } from '../decisions/RequestsService';
import type { ResourceRow } from '../requests/records';

/** How long before its end the owners hear of it. */
const warning = '3 days';
/** A removal that did not work is not asked for again sooner. */
const patience = '1 day';
const living = ['ready', 'drifted', 'failed', 'interrupted'];

/** Ends what was asked for until a day: the owners hear of it before, and the end is a request like any other. */
export class Expiry {
  readonly #knex: Knex;
  readonly #requests: RequestsService;
  readonly #credentials: () => Promise<BackstageCredentials>;
  readonly #notifications: NotificationService;
  readonly #logger: LoggerService;

  constructor(options: {
    knex: Knex;
    requests: RequestsService;
    /** The portal's own, as who asks for the end. */
    credentials: () => Promise<BackstageCredentials>;
    notifications: NotificationService;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#requests = options.requests;
    this.#credentials = options.credentials;
    this.#notifications = options.notifications;
    this.#logger = options.logger;
  }

  async work(): Promise<void> {
    await this.#warn();
    await this.#end();
  }

  async #warn(): Promise<void> {
    const soon = await this.#knex<ResourceRow>('resources')
      .whereIn('state', living)
      .whereRaw(`expires_at < now() + interval '${warning}'`)
      .whereRaw(
        `(warned_at is null or warned_at < expires_at - interval '${warning}')`,
      )
      .update({ warned_at: this.#knex.fn.now() } as object)
      .returning('*');
    for (const { id, name, environment, owner_ref, expires_at } of soon) {
      await this.#notifications
        .send({
          recipients: { type: 'entity', entityRef: owner_ref },
          payload: {
            title: `${name} (${environment}) ends on ${expires_at
              ?.toISOString()
              .slice(0, 10)}`,
            description: 'Extend it to keep it longer.',
            link: `/infrastructure/resources/${id}`,
            severity: 'high',
            topic: 'infrastructure',
            scope: `infrastructure:end:${id}:${expires_at?.toISOString()}`,
          },
        })
        .catch(async error => {
          this.#logger.warn(
            `The end of ${id} could not be announced, and is later: ${error}`,
          );
          await this.#knex('resources')
            .where({ id })
            .update({ warned_at: null });
        });
    }
  }

  async #end(): Promise<void> {
    const due = await this.#knex('resources as r')
      .whereIn('r.state', living)
      .where('r.expires_at', '<', this.#knex.fn.now())
      .whereNotExists(
        this.#knex('requests as q')
          .whereRaw('q.resource_id = r.id')
          .where({ 'q.kind': 'destroy' })
          .whereRaw(`q.created_at > now() - interval '${patience}'`),
      )
      .select<{ id: string }[]>('r.id');
    if (due.length === 0) return;
    const credentials = await this.#credentials();
    for (const { id } of due) {
      await this.#requests
        .create(
          { kind: 'destroy', resourceId: id, reason: 'Its time is over.' },
          { credentials },
        )
        .catch(error =>
          this.#logger.info(`The end of ${id} is asked for later: ${error}`),
        );
    }
  }
}
