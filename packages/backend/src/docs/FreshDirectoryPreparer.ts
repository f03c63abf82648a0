import type { Entity } from '@backstage/catalog-model';
import { NotModifiedError } from '@backstage/errors';
import type {
  PreparerBase,
  PreparerOptions,
  PreparerResponse,
} from '@backstage/plugin-techdocs-node';
import { fingerprint } from './fingerprint';

/**
 * Lets docs that lie on disk be built only when they changed. TechDocs does so
 * for docs behind a URL, and builds those on disk at every visit.
 */
export class FreshDirectoryPreparer implements PreparerBase {
  readonly #directories: PreparerBase;

  /** @param directories - the preparer that finds the folder of an entity */
  constructor(directories: PreparerBase) {
    this.#directories = directories;
  }

  shouldCleanPreparedDirectory() {
    return this.#directories.shouldCleanPreparedDirectory();
  }

  async prepare(
    entity: Entity,
    options?: PreparerOptions,
  ): Promise<PreparerResponse> {
    const prepared = await this.#directories.prepare(entity, options);
    if (prepared.etag) {
      return prepared;
    }
    const etag = await fingerprint(prepared.preparedDir);
    if (etag === options?.etag) {
      throw new NotModifiedError(
        `The docs in ${prepared.preparedDir} did not change`,
      );
    }
    return { ...prepared, etag };
  }
}
