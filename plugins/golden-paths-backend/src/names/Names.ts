import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { NameCheck } from '@waymark/plugin-golden-paths-common';

/** Knows whether a name can be given to something new. */
export interface Names {
  /**
   * Checks a name as the caller sees the portal. Whatever is wrong with the name
   * is in the answer.
   *
   * @throws ServiceUnavailableError when a place cannot be asked
   */
  check(
    name: string,
    options: { credentials: BackstageCredentials },
  ): Promise<NameCheck>;
}

/** The part of a repository host that names need. */
export interface RepositoryNames {
  /** Whether a repository has this name. */
  exists(name: string): Promise<boolean>;
}
