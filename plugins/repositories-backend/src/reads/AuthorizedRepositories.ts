import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  repositoryReadPermission,
  type Folder,
  type Repository,
  type RepositoryPage,
} from '@waymark/plugin-repositories-common';
import type {
  LocalRepositories,
  RepositoryFile,
} from '@waymark/plugin-repositories-node';

type As = { credentials: BackstageCredentials };

/** Lets those read who may. */
export class AuthorizedRepositories {
  readonly #repositories: LocalRepositories;
  readonly #permissions: PermissionsService;

  constructor(options: {
    repositories: LocalRepositories;
    permissions: PermissionsService;
  }) {
    this.#repositories = options.repositories;
    this.#permissions = options.permissions;
  }

  async list(
    options: { after?: string; limit: number },
    as: As,
  ): Promise<RepositoryPage> {
    await this.#requireRead(as);
    const { after, limit } = options;
    const names = await this.#repositories.names({ after, limit: limit + 1 });
    const shown = names.slice(0, limit);
    return {
      items: await Promise.all(
        shown.map(name => this.#repositories.describe(name)),
      ),
      ...(names.length > limit && { next: shown[shown.length - 1] }),
    };
  }

  async describe(name: string, as: As): Promise<Repository> {
    await this.#requireRead(as);
    return this.#repositories.describe(name);
  }

  async tree(
    where: { name: string; ref: string; path: string },
    as: As,
  ): Promise<Folder> {
    await this.#requireRead(as);
    return this.#repositories.tree(where);
  }

  async file(
    where: { name: string; ref: string; path: string },
    as: As,
  ): Promise<RepositoryFile> {
    await this.#requireRead(as);
    return this.#repositories.file(where);
  }

  /** The folder to clone from. */
  async placeOf(name: string, as: As): Promise<string> {
    await this.#requireRead(as);
    return this.#repositories.placeOf(name);
  }

  async #requireRead({ credentials }: As): Promise<void> {
    const [{ result }] = await this.#permissions.authorize(
      [{ permission: repositoryReadPermission }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `Reading repositories takes the permission ${repositoryReadPermission.name}`,
      );
    }
  }
}
