import type {
  Approver,
  RequestDetail,
} from '@waymark/plugin-infrastructure-common';
import { objectionTo } from '../decisions/approving';
import type { Obstacles } from '../decisions/obstacles';
import type { RequestRow, ResourceRow } from '../requests/records';

/** What a person may do with a request as it stands, and why not approve it. */
export function mayOf(
  row: RequestRow & Pick<ResourceRow, 'owner_ref'>,
  by: { ref: string; groups: string[] },
  of: {
    approvers: Approver[];
    delegators: string[];
    obstacles: Obstacles;
    isRepeatable: boolean;
  },
): RequestDetail['may'] {
  const { approvers, delegators, obstacles } = of;
  const waiting = row.state === 'pendingApproval';
  const objection = waiting
    ? objectionTo(row, by, approvers, delegators)
    : undefined;
  const mine = by.groups.includes(row.owner_ref);
  return {
    approve: waiting && !objection,
    ...(objection && { approveReason: objection }),
    askException: mine,
    // Imports are asked for by people of other groups than that which is to own them.
    askAgain: of.isRepeatable && (mine || row.requested_by === by.ref),
    cancel: mine && !obstacles.cancel,
    retry: mine && !obstacles.retry,
  };
}
