import type {
  CauseList,
  TotalsAnswer,
  TotalsQuery,
  UnallocatedQuery,
} from '@waymark/plugin-costs-common';
import type { Caller } from '../import/ImportsService';

/** Says what was spent. */
export interface TotalsService {
  /** @param within - groups to whom it must be allocated; everything when absent */
  totals(
    query: TotalsQuery,
    caller: Caller,
    within?: string[],
  ): Promise<TotalsAnswer>;
  /** Why things are nobody's, with the largest first. */
  unallocated(query: UnallocatedQuery, caller: Caller): Promise<CauseList>;
}
