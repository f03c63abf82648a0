import type {
  UnitCosts,
  UnitCostsQuery,
  UnitValues,
} from '@waymark/plugin-costs-common';
import type { Caller } from '../../import/ImportsService';

/** What one of something costs. */
export interface UnitsService {
  /**
   * @param within - groups to whom it must be allocated; anybody when absent
   * @throws InputError when it is about no component, system or group
   */
  costs(
    query: UnitCostsQuery,
    caller: Caller,
    within?: string[],
  ): Promise<UnitCosts>;

  /**
   * Has the values of a metric count.
   *
   * @throws InputError when a day is none, is there twice, or is to come
   * @throws NotFoundError when the catalog knows no such entity
   */
  put(unit: string, values: UnitValues, caller: Caller): Promise<void>;
}
