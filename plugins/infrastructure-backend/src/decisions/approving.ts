import { NotAllowedError } from '@backstage/errors';
import type { Approver } from '@waymark/plugin-infrastructure-common';
import type { Actor } from '../requests/people';
import type { RequestRow } from '../requests/records';

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
