import type { Approver } from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
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
  approvers: Pick<Approvers, 'among'>;
  /** Told who has come to be an approver. */
  onAppointed: (requestId: string, people: string[]) => Promise<void>;
  /** Told of each request whose approvers are others now. */
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
    const { knex, approvers, onAppointed, onChanged, requests } = this.#parts;
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
    const newcomers = peopleOf(now).filter(person => !known.includes(person));
    if (newcomers.length > 0) await onAppointed(id, newcomers);
  }
}
