import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  parseEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  requestAnnotation,
  resourceAnnotation,
  type ResourceSummary,
} from '@waymark/plugin-infrastructure-common';

/**
 * A resource as the catalog has it. Its component depends on it.
 *
 * @param portalUrl - where people open the portal
 */
export function toEntity(resource: ResourceSummary, portalUrl: string): Entity {
  const { name, namespace } = parseEntityRef(resource.entityRef);
  const page = `${portalUrl}/infrastructure/resources/${resource.id}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name,
      namespace,
      title: `${resource.name} (${resource.environment})`,
      description: `${resource.offeringTitle} for ${resource.environment}, asked for through the portal.`,
      annotations: {
        [resourceAnnotation]: resource.id,
        ...(resource.requestId && { [requestAnnotation]: resource.requestId }),
        [ANNOTATION_LOCATION]: `url:${page}`,
        [ANNOTATION_ORIGIN_LOCATION]: `url:${page}`,
      },
      tags: [resource.environment],
      links: [{ url: page, title: 'Configuration, outputs and history' }],
    },
    spec: {
      type: resource.resourceType,
      owner: resource.owner,
      ...(resource.system && { system: resource.system }),
      ...(resource.component && { dependencyOf: [resource.component] }),
    },
  };
}
