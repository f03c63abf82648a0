import type {
  RequestKind,
  RequestState,
} from '@waymark/plugin-infrastructure-common';
import { obstacleTo } from '../decisions/changes';
import type { Offering } from '../offerings/Offerings';
import type { ResourceRow } from '../requests/records';

/** How a request ends of which nothing is made, so that it can only be made anew. */
const unmade: RequestState[] = ['denied', 'rejected', 'expired', 'cancelled'];

/**
 * Whether a form can be filled in with what a request asked for. The other
 * kinds have none: they are asked for on the page of the resource.
 */
export function canBeAskedAgain(of: {
  state: RequestState;
  kind: RequestKind;
  resource: Pick<ResourceRow, 'name' | 'state'>;
  /** Undefined when it is not offered any more. */
  offering: Offering | undefined;
}): boolean {
  const { state, kind, resource, offering } = of;
  if (!offering || !unmade.includes(state)) return false;
  switch (kind) {
    case 'create':
    case 'import':
      return !offering.isRetired;
    case 'update':
      return !obstacleTo(kind, resource);
    default:
      return false;
  }
}
