import type {
  AuditPage,
  AuditQuery,
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
import type { Asking, InfrastructureApi } from '../api/InfrastructureApi';
import { useInfrastructure } from './useInfrastructure';

type Question<Q, T> = (
  api: InfrastructureApi,
  query: Q,
  asking: Asking,
) => Promise<T>;

const offerings: Question<'all', OfferingList> = (api, _query, asking) =>
  api.listOfferings(asking);

const offering: Question<string, OfferingDetail> = (api, name, asking) =>
  api.getOffering(name, asking);

const requests: Question<RequestsQuery, RequestPage> = (api, query, asking) =>
  api.listRequests(query, asking);

const request: Question<string, RequestDetail> = (api, id, asking) =>
  api.getRequest(id, asking);

const resources: Question<ResourcesQuery, ResourcePage> = (
  api,
  query,
  asking,
) => api.listResources(query, asking);

const resource: Question<string, ResourceDetail> = (api, id, asking) =>
  api.getResource(id, asking);

const audit: Question<AuditQuery, AuditPage> = (api, query, asking) =>
  api.listAudit(query, asking);

const orphans: Question<'all', OrphanSearch> = (api, _query, asking) =>
  api.searchOrphans(asking);

const accuracy = (api: InfrastructureApi, name: string, asking: Asking) =>
  api.getAccuracy(name, asking);

/** All that can be asked for. */
export const useOfferings = () => useInfrastructure(offerings, 'all');

/** One offering with its form. */
export const useOffering = (name: string) => useInfrastructure(offering, name);

/** How right the estimates of an offering were. */
export const useAccuracy = (name: string) => useInfrastructure(accuracy, name);

/** A page of requests. */
export const useRequests = (query: RequestsQuery) =>
  useInfrastructure(requests, query);

/** One request with all that belongs to it. */
export const useRequest = (id: string) => useInfrastructure(request, id);

/** A page of resources. */
export const useResources = (query: ResourcesQuery) =>
  useInfrastructure(resources, query);

/** One resource with all that belongs to it. */
export const useResource = (id: string) => useInfrastructure(resource, id);

/** What has our mark and no record, and what has a record and is gone. */
export const useOrphans = () => useInfrastructure(orphans, 'all');

/** A page of the audit trail. */
export const useAudit = (query: AuditQuery) => useInfrastructure(audit, query);
