import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Decision } from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import type { DelegationStore } from '../requests/DelegationStore';

type Comment = {
  number: string;
  by_ref: string;
  request_id: string;
  text: string;
  name: string;
  environment: string;
  requested_by: string;
  state: string;
  decision: Decision | null;
};

/** Tells those whom a request is about what was said of it: who asked, who is to approve or stands in for them, and who said something before. */
export class Comments {
  readonly #knex: Knex;
  readonly #delegations: Pick<DelegationStore, 'standInsOf'>;
  readonly #notifications: NotificationService;
  readonly #logger: LoggerService;

  constructor(options: {
    knex: Knex;
    delegations: Pick<DelegationStore, 'standInsOf'>;
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
    const { rows } = await this.#knex.raw<{ rows: Comment[] }>(
      `select a.number, a.by_ref, a.request_id, a.detail ->> 'text' as text,
          r.name, r.environment, q.requested_by, q.state, q.decision
        from audit a
        join requests q on q.id = a.request_id
        join resources r on r.id = q.resource_id
        where a.action = 'request.commented' and a.at > now() - interval '1 day'
          and not exists (
            select from notices n where n.request_id = a.request_id
              and n.state = 'commented' and n.occasion = a.number::text
          )
        order by a.number limit 100`,
    );
    for (const comment of rows) await this.#tellOf(comment);
  }

  async #tellOf(comment: Comment): Promise<void> {
    const { number, request_id, by_ref, name, environment } = comment;
    const key = { request_id, state: 'commented', occasion: number };
    const claimed = await this.#knex('notices')
      .insert(key)
      .onConflict(['request_id', 'state', 'occasion'])
      .ignore()
      .returning('state');
    const people = await this.#peopleOf(comment);
    if (claimed.length === 0 || people.length === 0) return;
    try {
      await this.#notifications.send({
        recipients: { type: 'entity', entityRef: people },
        payload: {
          title: `${by_ref} commented on ${name} (${environment})`,
          description: comment.text,
          link: `/infrastructure/requests/${request_id}`,
          severity: 'normal',
          topic: 'infrastructure',
          scope: `infrastructure:comment:${number}`,
        },
      });
    } catch (error) {
      await this.#knex('notices').where(key).delete();
      this.#logger.warn(
        `Comment ${number} could not be told of, and is told of later: ${error}`,
      );
    }
  }

  async #peopleOf(comment: Comment): Promise<string[]> {
    const before = await this.#knex('audit')
      .where({ action: 'request.commented', request_id: comment.request_id })
      .where('number', '<', comment.number)
      .distinct('by_ref');
    const approvers =
      comment.state === 'pendingApproval'
        ? (comment.decision?.approvers ?? []).flatMap(({ people }) => people)
        : [];
    const all = [
      comment.requested_by,
      ...approvers,
      ...(await this.#delegations.standInsOf(approvers)),
      ...before.map(({ by_ref }) => by_ref as string),
    ];
    return [...new Set(all)].filter(
      person => person !== comment.by_ref && person.startsWith('user:'),
    );
  }
}
