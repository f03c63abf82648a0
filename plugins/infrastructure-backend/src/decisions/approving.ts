import { NotAllowedError } from '@backstage/errors';
import type { Approver } from '@waymark/plugin-infrastructure-common';
import type { Actor } from '../requests/people';
import type { RequestRow } from '../requests/records';

/** Why somebody may not decide on a request; undefined when they may. */
export function objectionTo(
  request: Pick<RequestRow, 'requested_by'>,
  by: Pick<Actor, 'ref'>,
  approvers: Approver[],
): string | undefined {
  if (by.ref === request.requested_by) {
    return 'You asked for it yourself; somebody else has to look at it.';
  }
  if (!approvers.some(({ people }) => people.includes(by.ref))) {
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
): void {
  const objection = objectionTo(request, by, approvers);
  if (objection) throw new NotAllowedError(objection);
}
