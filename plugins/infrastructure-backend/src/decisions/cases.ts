import { parseEntityRef } from '@backstage/catalog-model';
import type { RequestKind } from '@waymark/plugin-infrastructure-common';
import type { Offering } from '../offerings/Offerings';
import type { Order, ResourceRow } from '../requests/records';
import type { Case } from './Judge';

/** The resource as the catalog names it: names are one of a kind there over offerings and environments. */
export function entityRefOf(resource: {
  name: string;
  offering: string;
  environment: string;
}): string {
  return `resource:default/${entityNameOf(resource)}`;
}

/** The name part of `entityRefOf`; at most 63 characters, as the catalog wants. */
export function entityNameOf(resource: {
  name: string;
  offering: string;
  environment: string;
}): string {
  return `${resource.name}-${resource.environment}-${resource.offering}`;
}

/** What the platform writes on everything it makes, so that nobody has to think of it. */
export function tagsOf(resource: {
  owner: string;
  /** What the catalog says of the owner and of the component. */
  known: { system?: string; costCentre?: string };
  component?: string | null;
  environment: string;
  dataClass?: string | null;
  requestId: string;
}): Record<string, string> {
  const { owner, known, component, environment, dataClass, requestId } =
    resource;
  return {
    'managed-by': 'waymark',
    owner,
    team: parseEntityRef(owner).name,
    environment,
    ...(component && { component }),
    ...(known.system && { system: known.system }),
    ...(known.costCentre && { 'cost-centre': known.costCentre }),
    ...(dataClass && { 'data-class': dataClass }),
    'request-id': requestId,
  };
}

const rangeOf = ({ cost_low, cost_high }: ResourceRow) =>
  cost_low === null || cost_high === null
    ? undefined
    : { low: cost_low, high: cost_high };

/** Who is to own a resource, and what is to use it, when its request is done. */
export function holderOf({ request, resource }: Order): {
  owner: string;
  component?: string;
} {
  const component = request.change.component ?? resource.component_ref;
  return {
    owner: request.change.owner ?? resource.owner_ref,
    ...(component && { component }),
  };
}

/** A request that is there, as it is judged. */
export function caseOf(
  { request, resource }: Order,
  offering: Offering,
  plan?: Case['plan'],
): Case {
  return {
    kind: request.kind as RequestKind,
    offering,
    resourceId: resource.id,
    entityRef: entityRefOf(resource),
    name: resource.name,
    environment: resource.environment,
    ...holderOf({ request, resource }),
    ...(resource.data_class && { dataClass: resource.data_class }),
    requestedBy: request.requested_by,
    parameters: request.parameters,
    tags: request.change.tags ?? resource.tags,
    ...(request.kind !== 'create' && { costBefore: rangeOf(resource) }),
    ...(plan && { plan }),
  };
}
