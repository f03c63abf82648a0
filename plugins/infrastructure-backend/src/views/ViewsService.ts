import type {
  AuditPage,
  AuditQuery,
  History,
  Log,
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
} from '@waymark/plugin-infrastructure-common';
import type { Caller } from '../requests/people';

/** What people and programs may look at. */
export interface ViewsService {
  offerings(caller: Caller): Promise<OfferingList>;
  offering(name: string, caller: Caller): Promise<OfferingDetail>;
  /** How right its estimates were. */
  accuracy(name: string, caller: Caller): Promise<OfferingAccuracy>;
  requests(query: RequestsQuery, caller: Caller): Promise<RequestPage>;
  request(id: string, caller: Caller): Promise<RequestDetail>;
  /** What happened to a request, before an entry of that number. */
  history(
    id: string,
    before: number | undefined,
    caller: Caller,
  ): Promise<History>;
  log(id: string, after: number, caller: Caller): Promise<Log>;
  resources(query: ResourcesQuery, caller: Caller): Promise<ResourcePage>;
  resource(id: string, caller: Caller): Promise<ResourceDetail>;
  /** What stands somewhere without a record, and records of what is gone. */
  orphans(caller: Caller): Promise<OrphanSearch>;
  audit(query: AuditQuery, caller: Caller): Promise<AuditPage>;
}
