import type {
  ForecastAnswer,
  ForecastQuery,
} from '@waymark/plugin-costs-common';
import type { Caller } from '../import/ImportsService';

/** Says what the month and the quarter will come to. */
export interface ForecastService {
  /**
   * @param within - groups to whom it must be allocated; everything when absent
   * @throws InputError when the filter is none, or `asOf` is no day
   */
  forecast(
    query: ForecastQuery,
    caller: Caller,
    within?: string[],
  ): Promise<ForecastAnswer>;
}
