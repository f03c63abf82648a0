import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Approver } from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import { toNotice } from '../notices/toNotice';
import type { DelegationStore } from '../requests/DelegationStore';
import type { RequestStore } from '../requests/RequestStore';
import type { Approvers } from './Approvers';
import { approversNow } from './approving';

const peopleOf = (approvers: Approver[]) => [
  ...new Set(approvers.flatMap(({ people }) => people)),
];

const isSame = (one: string[], other: string[]) =>
  one.length === other.length && one.every(person => other.includes(person));

type Parts = {
  knex: Knex;
  approvers: Pick<Approvers, 'people'>;
  delegations: DelegationStore;
  logger: LoggerService;
  notifications: NotificationService;
  onChanged: (requestId: string) => void;
  requests: RequestStore;
};

/**
 * Keeps who may approve what waits as the catalog has it: who comes to a team
 * finds what waits for its lead and is told, and who left is asked no more. The
 * decision itself stays in the trail as it was made.
 */
export class WaitingApprovals {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async work(): Promise<void> {
    const ids = await this.#parts
      .knex('requests')
      .where({ state: 'pendingApproval' })
      .orderBy('changed_at')
      .pluck('id');
    for (const id of ids) await this.#update(id);
  }

  async #update(id: string): Promise<void> {
    const { knex, approvers, onChanged, requests } = this.#parts;
    const asked = await requests.order(id);
    const before = asked.request.decision?.approvers ?? [];
    const now = await approversNow(knex, approvers, asked);
    if (now.every(({ people }, at) => isSame(people, before[at].people))) {
      return;
    }
    const isAppointed = await knex.transaction(async tx => {
      const { request } = await requests.lock(tx, id);
      // It may have been decided, or planned anew, since it was looked at.
      if (
        request.state !== 'pendingApproval' ||
        request.plan_id !== asked.request.plan_id
      ) {
        return false;
      }
      await requests.appoint(tx, request, now);
      return true;
    });
    if (!isAppointed) return;
    onChanged(id);
    const known = peopleOf(before);
    await this.#tell(
      id,
      peopleOf(now).filter(person => !known.includes(person)),
    );
  }

  async #tell(id: string, newcomers: string[]): Promise<void> {
    const { delegations, logger, notifications, requests } = this.#parts;
    if (newcomers.length === 0) return;
    const { request, resource } = await requests.order(id);
    const notice = toNotice(
      { ...request, name: resource.name, environment: resource.environment },
      await delegations.standInsOf(newcomers),
      newcomers,
    );
    if (!notice) return;
    await notifications.send(notice).catch((error: unknown) => {
      // It is in their list, and they are reminded before it is too late.
      logger.warn(`New approvers of ${id} could not be told: ${error}`);
    });
  }
}
