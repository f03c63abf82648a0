import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  Browsed,
  CommitPage,
  Repository,
  RepositoryPage,
} from '@waymark/plugin-repositories-common';

/** Where in a repository, and which part of a long list. */
export type Where = { name: string; ref: string; offset?: number };

/** Reads the repositories that the portal keeps. Every call fails with a message for the person. */
export interface RepositoriesApi {
  list(after?: string): Promise<RepositoryPage>;
  describe(name: string): Promise<Repository>;
  browse(where: Where & { path: string }): Promise<Browsed>;
  commits(where: Where): Promise<CommitPage>;
}

/** Where pages get a RepositoriesApi. */
export const repositoriesApiRef = createApiRef<RepositoriesApi>({
  id: 'plugin.repositories.api',
});
