import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  createRepositoriesClient,
  type Browsed,
  type CommitPage,
  type RepositoriesClient,
  type Repository,
  type RepositoryPage,
} from '@waymark/plugin-repositories-common';
import type { RepositoriesApi, Where } from './RepositoriesApi';

type Answer<T> = {
  data?: T;
  error?: { error?: { message?: string } };
  response: Response;
};

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
      // The app builds a request of its own around what it is given.
      fetch: ({ url, headers }) => this.#fetch.fetch(url, { headers }),
    });
  }
}

function answered<T>({ data, error, response }: Answer<T>): T {
  if (data !== undefined) return data;
  throw new Error(
    // The server says what was wrong and where; the status alone does not.
    error?.error?.message ??
      `The portal answered ${response.status} ${response.statusText}`.trim(),
  );
}
