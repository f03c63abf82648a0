import type { Entity } from '@backstage/catalog-model';

/** Names the resource that an entity of the catalog stands for. */
export const resourceAnnotation = 'waymark.dev/infrastructure-resource';

/** The id of the resource that an entity stands for. */
export function resourceIdOf(entity: Entity): string {
  return entity.metadata.annotations?.[resourceAnnotation] ?? '';
}
