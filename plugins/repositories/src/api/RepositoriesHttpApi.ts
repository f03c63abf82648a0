import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  createRepositoriesClient,
  type Browsed,
  type CommitPage,
  type RepositoriesClient,
  type Repository,
  type RepositoryPage,
} from '@waymark/plugin-repositories-common';
import { answered, fetchWith } from '@waymark/plugin-parts-react';
import type { RepositoriesApi, Where } from './RepositoriesApi';

/** Asks over HTTP, as the person who is signed in. */
export class RepositoriesHttpApi implements RepositoriesApi {
  readonly #discovery: DiscoveryApi;
  readonly #fetch: FetchApi;

  constructor(options: { discovery: DiscoveryApi; fetch: FetchApi }) {
    this.#discovery = options.discovery;
    this.#fetch = options.fetch;
  }

  async list(after?: string): Promise<RepositoryPage> {
    const client = await this.#client();
    return answered(
      await client.request('get', '/', { params: { query: { after } } }),
    );
  }

  async describe(name: string): Promise<Repository> {
    const client = await this.#client();
    return answered(
      await client.request('get', '/{name}', { params: { path: { name } } }),
    );
  }

  async browse(where: Where & { path: string }): Promise<Browsed> {
    const { name, ref, path, offset } = where;
    const client = await this.#client();
    return answered(
      await client.request('get', '/{name}/browse/{ref}', {
        params: {
          path: { name, ref },
          query: { path: path || undefined, offset },
        },
      }),
    );
  }

  async commits({ name, ref, offset }: Where): Promise<CommitPage> {
    const client = await this.#client();
    return answered(
      await client.request('get', '/{name}/commits/{ref}', {
        params: { path: { name, ref }, query: { offset } },
      }),
    );
  }

  async #client(): Promise<RepositoriesClient> {
    return createRepositoriesClient({
      baseUrl: await this.#discovery.getBaseUrl('repositories'),
      fetch: fetchWith(this.#fetch),
    });
  }
}
