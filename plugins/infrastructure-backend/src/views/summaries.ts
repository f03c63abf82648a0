import type {
  Range,
  RequestSummary,
  ResourceSummary,
} from '@waymark/plugin-infrastructure-common';
import { entityRefOf } from '../decisions/cases';
import type { Offering } from '../offerings/Offerings';
import type { RequestRow, ResourceRow } from '../requests/records';

/** What of a resource is told of with its requests. */
const ofResource = [
  'name',
  'environment',
  'owner_ref',
  'component_ref',
] as const;

/** What of a request is listed: without the decision, which is most of it. */
const ofRequest = [
  'id',
  'kind',
  'state',
  'offering',
  'resource_id',
  'requested_by',
  'created_at',
  'changed_at',
  'cost_low',
  'cost_high',
] as const;

/** What of a resource is listed. */
export const resourceColumns = [
  ...ofResource,
  'id',
  'offering',
  'state',
  'tags',
  'cost_low',
  'cost_high',
  'created_at',
  'changed_at',
  'expires_at',
] as const;

/** The columns of a list of requests, `q`, with their resources, `r`. */
export const requestColumns = [
  ...ofRequest.map(column => `q.${column}`),
  ...ofResource.map(column => `r.${column}`),
];

/** A request as a list reads it. */
export type ListedRequest = Pick<RequestRow, (typeof ofRequest)[number]> &
  Pick<ResourceRow, (typeof ofResource)[number]>;

/** A resource as a list reads it. */
export type ListedResource = Pick<
  ResourceRow,
  (typeof resourceColumns)[number]
>;

const rangeOf = (row: {
  cost_low: number | null;
  cost_high: number | null;
}): { monthlyCost?: Range } =>
  row.cost_low === null || row.cost_high === null
    ? {}
    : { monthlyCost: { low: row.cost_low, high: row.cost_high } };

/** A request as it is listed. */
export function toRequestSummary(row: ListedRequest): RequestSummary {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    offering: row.offering,
    resourceId: row.resource_id,
    resourceName: row.name,
    environment: row.environment,
    owner: row.owner_ref,
    ...(row.component_ref && { component: row.component_ref }),
    requestedBy: row.requested_by,
    createdAt: row.created_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    ...rangeOf(row),
  };
}

/**
 * A resource as it is listed.
 *
 * @param offering - undefined when it is not offered any more
 */
export function toResourceSummary(
  row: ListedResource,
  offering: Offering | undefined,
): ResourceSummary {
  return {
    id: row.id,
    name: row.name,
    offering: row.offering,
    offeringTitle: offering?.file.metadata.title ?? row.offering,
    resourceType: offering?.file.spec.resourceType ?? 'resource',
    environment: row.environment,
    owner: row.owner_ref,
    ...(row.component_ref && { component: row.component_ref }),
    ...(row.tags.system && { system: row.tags.system }),
    state: row.state,
    createdAt: row.created_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    ...(row.expires_at && { expiresAt: row.expires_at.toISOString() }),
    ...rangeOf(row),
    ...(row.tags['request-id'] && { requestId: row.tags['request-id'] }),
    entityRef: entityRefOf(row),
  };
}
