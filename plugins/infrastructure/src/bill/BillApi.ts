import { createApiRef } from '@backstage/frontend-plugin-api';
import type { TotalsAnswer } from '@waymark/plugin-costs-common';

/** What bills say of resources. */
export interface BillApi {
  /**
   * What a resource was used for, by month and currency.
   *
   * @param from - the first day
   * @param to - the day after the last
   */
  used(
    resource: { entityRef: string; from: string; to: string },
    asking?: { signal?: AbortSignal },
  ): Promise<TotalsAnswer>;
}

/** Reaches the costs plugin's backend. */
export const billApiRef = createApiRef<BillApi>({
  id: 'plugin.infrastructure.bill',
});
