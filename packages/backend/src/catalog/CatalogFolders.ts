import type { Config } from '@backstage/config';
import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * The folders of the catalog files that the configuration names. What is
 * written in a catalog file may point at its neighbours, and at nothing else
 * on the machine.
 */
export class CatalogFolders {
  static fromConfig(config: Config): CatalogFolders {
    const locations = config.getOptionalConfigArray('catalog.locations') ?? [];
    return new CatalogFolders(
      locations
        .filter(location => location.getString('type') === 'file')
        .map(location => dirname(resolve(location.getString('target')))),
    );
  }

  readonly #folders: string[];

  /** @param folders - absolute paths */
  constructor(folders: string[]) {
    this.#folders = folders;
  }

  /**
   * Whether the file lies in one of the folders once symbolic links are
   * followed. Throws what the file system says when the file does not exist.
   */
  async contain(file: string): Promise<boolean> {
    const real = await realpath(file);
    for (const folder of this.#folders) {
      const path = relative(await realpath(folder), real);
      const outside =
        path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
      if (!outside) {
        return true;
      }
    }
    return false;
  }
}
