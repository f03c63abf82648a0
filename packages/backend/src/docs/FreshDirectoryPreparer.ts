import type { Entity } from '@backstage/catalog-model';
import { NotModifiedError } from '@backstage/errors';
import type {
  PreparerBase,
  PreparerOptions,
  PreparerResponse,
} from '@backstage/plugin-techdocs-node';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyDocs, fingerprint, listDocs } from './docsFiles';

/**
 * Lets docs that lie on disk be built only when they changed, and from a copy
 * of nothing but the docs. TechDocs builds those at every visit, and reads all
 * that lies beside them, which in a repository's root is everything.
 */
export class FreshDirectoryPreparer implements PreparerBase {
  readonly #directories: PreparerBase;

  /** @param directories - the preparer that finds the folder of an entity */
  constructor(directories: PreparerBase) {
    this.#directories = directories;
  }

  /** What is prepared is always a copy: either ours, or one of a remote tree. */
  shouldCleanPreparedDirectory() {
    return true;
  }

  async prepare(
    entity: Entity,
    options?: PreparerOptions,
  ): Promise<PreparerResponse> {
    const prepared = await this.#directories.prepare(entity, options);
    if (prepared.etag) {
      return prepared;
    }
    const folder = prepared.preparedDir;
    const files = await listDocs(folder);
    const etag = await fingerprint(folder, files);
    if (etag === options?.etag) {
      throw new NotModifiedError(`The docs in ${folder} did not change`);
    }
    const copy = await mkdtemp(join(tmpdir(), 'waymark-docs-'));
    await copyDocs(folder, files, copy);
    return { preparedDir: copy, etag };
  }
}
