import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** An entity as the catalog tells it, with its relations. */
export const entity = (
  kind: string,
  name: string,
  relations: Record<string, string> = {},
  annotations: Record<string, string> = {},
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default', annotations },
  relations: Object.entries(relations).map(([type, targetRef]) => ({
    type,
    targetRef,
  })),
});

/** A catalog that says this; the mock of Backstage does not keep relations. */
export const said = (entities: Entity[]) =>
  ({
    async *streamEntities() {
      yield entities;
    },
  } as unknown as CatalogService);
