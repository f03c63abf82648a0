import type {
  Approver,
  RequestDetail,
} from '@waymark/plugin-infrastructure-common';
import { objectionTo } from '../decisions/approving';
import type { Obstacles } from '../decisions/obstacles';
import type { RequestRow } from '../requests/records';
import type { ListedRequest } from './summaries';

/** What a person may do with a request as it stands, and why not approve it. */
export function mayOf(
  row: ListedRequest,
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
    ? objectionTo(row as RequestRow, by, approvers, delegators)
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
