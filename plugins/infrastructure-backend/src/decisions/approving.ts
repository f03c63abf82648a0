import { NotAllowedError } from '@backstage/errors';
import type { Approver } from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import type { Actor } from '../requests/people';
import type { Order, RequestRow } from '../requests/records';
import type { Approvers } from './Approvers';
import { holderOf } from './cases';

/** Those in whose place somebody may approve a request: who asked for it lends nobody their voice. */
export function insteadOf(
  request: Pick<RequestRow, 'requested_by'>,
  delegators: string[],
  approvers: Approver[],
): string[] {
  return delegators.filter(
    person =>
      person !== request.requested_by &&
      approvers.some(({ people }) => people.includes(person)),
  );
}

/** Who may approve as the catalog is now; who approved while they might still counts. */
export async function approversNow(
  knex: Knex,
  approvers: Pick<Approvers, 'among'>,
  order: Order,
): Promise<Approver[]> {
  const { request } = order;
  const { owner } = holderOf(order);
  const approved = await knex('approvals').where({
    request_id: request.id,
    verdict: 'approve',
  });
  return Promise.all(
    (request.decision?.approvers ?? []).map(async approver => {
      const { people, note } = await approvers.among(approver.kind, {
        owner,
        requestedBy: request.requested_by,
      });
      const before = approved
        .flatMap(({ by_ref, for_refs }) => [by_ref, ...for_refs])
        .filter(person => approver.people.includes(person));
      return {
        ...approver,
        people: [...new Set([...people, ...before])],
        note,
      };
    }),
  );
}

/**
 * Why somebody may not decide on a request; undefined when they may.
 *
 * @param delegators - those for whom they stand in today
 */
export function objectionTo(
  request: Pick<RequestRow, 'requested_by'>,
  by: Pick<Actor, 'ref'>,
  approvers: Approver[],
  delegators: string[],
): string | undefined {
  if (by.ref === request.requested_by) {
    return 'You asked for it yourself; somebody else has to look at it.';
  }
  const isApprover =
    approvers.some(({ people }) => people.includes(by.ref)) ||
    insteadOf(request, delegators, approvers).length > 0;
  if (!isApprover) {
    const names = [...new Set(approvers.flatMap(({ people }) => people))];
    return `It is for ${
      names.length > 0 ? names.join(', ') : 'somebody whom the catalog lacks'
    } to decide.`;
  }
  return undefined;
}

/** @throws NotAllowedError that says who may, or why not oneself */
export function requireApprover(
  request: Pick<RequestRow, 'requested_by'>,
  by: Actor,
  approvers: Approver[],
  delegators: string[],
): void {
  const objection = objectionTo(request, by, approvers, delegators);
  if (objection) throw new NotAllowedError(objection);
}
