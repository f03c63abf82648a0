import type { Entity } from '@backstage/catalog-model';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  type CatalogProcessor,
  type CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';
import { dirname, join } from 'node:path';

/**
 * Makes each target of a location a location of its own. The catalog reads all
 * targets of a location in one go and takes all or nothing: one malformed file
 * would keep out every other.
 */
export class LocationTargetsProcessor implements CatalogProcessor {
  readonly #integrations: Pick<ScmIntegrationRegistry, 'resolveUrl'>;

  constructor(options: {
    integrations: Pick<ScmIntegrationRegistry, 'resolveUrl'>;
  }) {
    this.#integrations = options.integrations;
  }

  getProcessorName() {
    return 'LocationTargetsProcessor';
  }

  async preProcessEntity(
    entity: Entity,
    location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    const { targets, type = location.type, presence } = entity.spec ?? {};
    if (
      entity.kind !== 'Location' ||
      // A change of type is for the catalog to allow or refuse.
      type !== location.type ||
      !Array.isArray(targets) ||
      targets.length < 2 ||
      !targets.every(target => typeof target === 'string')
    ) {
      return entity;
    }
    for (const target of new Set(targets)) {
      emit(
        processingResult.location({
          type: location.type,
          target: this.#absolute(target, location),
          presence: presence === 'optional' ? 'optional' : 'required',
        }),
      );
    }
    return { ...entity, spec: { ...entity.spec, targets: [] } };
  }

  /** As the catalog itself reads a target. */
  #absolute(target: string, base: LocationSpec): string {
    if (base.type === 'url') {
      return this.#integrations.resolveUrl({ url: target, base: base.target });
    }
    return base.type === 'file' && target.startsWith('.')
      ? join(dirname(base.target), target)
      : target;
  }
}
