import type { Entity } from '@backstage/catalog-model';
import { resourceAnnotation } from '@waymark/plugin-infrastructure-common';

/** The id of the resource that an entity stands for. */
export function resourceIdOf(entity: Entity): string {
  return entity.metadata.annotations?.[resourceAnnotation] ?? '';
}
