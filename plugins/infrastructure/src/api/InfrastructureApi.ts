import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  AuditPage,
  AuditQuery,
  Draft,
  Forecast,
  History,
  Log,
  NewApproval,
  NewRequest,
  OfferingAccuracy,
  OfferingDetail,
  OfferingList,
  OrphanSearch,
  RequestDetail,
  RequestPage,
  RequestsQuery,
  ResourceDetail,
  ResourcePage,
  ResourcesQuery,
  Wish,
} from '@waymark/plugin-infrastructure-common';

/** Lets a question be given up. */
export type Asking = { signal?: AbortSignal };

/** Names a thing to be done: done again under the same key, it has its effect once. */
export type Once = { key: string };

/** What the pages ask the portal. Failures are thrown with the portal's own words. */
export interface InfrastructureApi {
  listOfferings(asking?: Asking): Promise<OfferingList>;
  getOffering(name: string, asking?: Asking): Promise<OfferingDetail>;
  /** How right its estimates were. */
  getAccuracy(name: string, asking?: Asking): Promise<OfferingAccuracy>;
  preview(offering: string, wish: Wish, asking?: Asking): Promise<Forecast>;
  getDraft(offering: string, asking?: Asking): Promise<Draft>;
  putDraft(offering: string, wish: Wish, asking?: Asking): Promise<Draft>;
  deleteDraft(offering: string): Promise<void>;
  listRequests(query: RequestsQuery, asking?: Asking): Promise<RequestPage>;
  getRequest(id: string, asking?: Asking): Promise<RequestDetail>;
  createRequest(request: NewRequest, once: Once): Promise<RequestDetail>;
  decide(id: string, approval: NewApproval, once: Once): Promise<RequestDetail>;
  comment(id: string, text: string, once: Once): Promise<RequestDetail>;
  cancel(id: string, once: Once): Promise<RequestDetail>;
  retry(id: string, once: Once): Promise<RequestDetail>;
  /** What happened to a request before an entry of its history. */
  getHistory(id: string, before: number, asking?: Asking): Promise<History>;
  getLog(id: string, after: number, asking?: Asking): Promise<Log>;
  listResources(query: ResourcesQuery, asking?: Asking): Promise<ResourcePage>;
  getResource(id: string, asking?: Asking): Promise<ResourceDetail>;
  /** Shows a secret, which the portal then forgets. */
  reveal(id: string, output: string): Promise<string>;
  searchOrphans(asking?: Asking): Promise<OrphanSearch>;
  listAudit(query: AuditQuery, asking?: Asking): Promise<AuditPage>;
}

/** Reaches the infrastructure backend. */
export const infrastructureApiRef = createApiRef<InfrastructureApi>({
  id: 'plugin.infrastructure.client',
});
