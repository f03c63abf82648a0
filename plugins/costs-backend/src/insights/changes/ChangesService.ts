import type {
  ChangeLines,
  ChangeLinesQuery,
  ChangesAnswer,
  ChangesQuery,
} from '@waymark/plugin-costs-common';
import type { Caller } from '../../import/ImportsService';

/** Says why something costs more or less than before. */
export interface ChangesService {
  /**
   * What changed by group, what moved most first.
   *
   * @param within - groups to whom it must be allocated; everything when absent
   * @throws InputError when the periods are none, or the earlier one is not earlier
   */
  changes(
    query: ChangesQuery,
    caller: Caller,
    within?: string[],
  ): Promise<ChangesAnswer>;
  /** What of single resources and meters changed, what moved most first. */
  lines(
    query: ChangeLinesQuery,
    caller: Caller,
    within?: string[],
  ): Promise<ChangeLines>;
}
