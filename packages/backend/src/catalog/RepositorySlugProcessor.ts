import type { Entity } from '@backstage/catalog-model';
import type { LocationSpec } from '@backstage/plugin-catalog-common';
import type { CatalogProcessor } from '@backstage/plugin-catalog-node';
import {
  repositoryOf,
  type RemoteSettings,
  type RepositoryHost,
} from '@waymark/plugin-repositories-node';

/**
 * Says of a component in a repository of the portal's host which repository
 * that is, as `github.com/project-slug` or `gitlab.com/project-slug`: by these
 * the portal knows whose a push or a deployment is. A template cannot write it,
 * because it does not know on which host it will be published, and what is not
 * in the file is no drift from the template and is right wherever it moves.
 *
 * Only of a component that has the name of its repository, as all that golden
 * paths make have. Another one may be described there and live elsewhere.
 */
export class RepositorySlugProcessor implements CatalogProcessor {
  readonly #host: Pick<RepositoryHost, 'urlsFor'>;
  readonly #owner: string;
  readonly #annotation: string;

  constructor(options: {
    host: Pick<RepositoryHost, 'urlsFor'>;
    settings: Pick<RemoteSettings, 'host' | 'owner'>;
  }) {
    this.#host = options.host;
    this.#owner = options.settings.owner;
    this.#annotation = `${options.settings.host}.com/project-slug`;
  }

  getProcessorName() {
    return 'RepositorySlugProcessor';
  }

  async preProcessEntity(
    entity: Entity,
    location: LocationSpec,
  ): Promise<Entity> {
    const { kind, metadata } = entity;
    const { name, annotations } = metadata;
    if (
      kind !== 'Component' ||
      // What people wrote is right.
      annotations?.[this.#annotation] ||
      repositoryOf(this.#host, `${location.type}:${location.target}`) !== name
    ) {
      return entity;
    }
    return {
      ...entity,
      metadata: {
        ...metadata,
        annotations: {
          ...annotations,
          [this.#annotation]: `${this.#owner}/${name}`,
        },
      },
    };
  }
}
