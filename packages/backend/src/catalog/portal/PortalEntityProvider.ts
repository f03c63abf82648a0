import type { Entity } from '@backstage/catalog-model';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';

/** Puts the portal's own entities into its catalog, and takes away what is no longer there. */
export class PortalEntityProvider implements EntityProvider {
  readonly #entities: Entity[];

  constructor(entities: Entity[]) {
    this.#entities = entities;
  }

  getProviderName() {
    return 'waymark-portal';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    await connection.applyMutation({
      type: 'full',
      entities: this.#entities.map(entity => ({
        entity,
        locationKey: this.getProviderName(),
      })),
    });
  }
}
