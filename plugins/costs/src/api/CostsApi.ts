import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  BillList,
  Import,
  ImportPage,
  ImportsQuery,
  TotalsAnswer,
  TotalsQuery,
} from '@waymark/plugin-costs-common';

/** Lets a question be given up. */
export type Asking = { signal?: AbortSignal };

/** What the pages ask the portal. Failures are thrown with the portal's own words. */
export interface CostsApi {
  getTotals(query: TotalsQuery, asking?: Asking): Promise<TotalsAnswer>;
  listBills(asking?: Asking): Promise<BillList>;
  listImports(query: ImportsQuery, asking?: Asking): Promise<ImportPage>;
  getImport(id: string, asking?: Asking): Promise<Import>;
  /** Hands in a file as a provider wrote it. */
  importBill(source: string, file: File): Promise<Import>;
}

/** Reaches the costs backend. */
export const costsApiRef = createApiRef<CostsApi>({
  id: 'plugin.costs.client',
});
