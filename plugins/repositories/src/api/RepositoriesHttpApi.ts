import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import type {
  Browsed,
  CommitPage,
  RepositoryOverview,
} from '@waymark/plugin-repositories-common';
import type { RepositoriesApi, Where } from './RepositoriesApi';

function encoded(...segments: string[]): string {
  return segments.map(encodeURIComponent).join('/');
}

/** Asks over HTTP, as the person who is signed in. */
export class RepositoriesHttpApi implements RepositoriesApi {
  readonly #discovery: DiscoveryApi;
  readonly #fetch: FetchApi;

  constructor(options: { discovery: DiscoveryApi; fetch: FetchApi }) {
    this.#discovery = options.discovery;
    this.#fetch = options.fetch;
  }

  list(after?: string) {
    return this.#get<{ items: RepositoryOverview[]; next?: string }>(
      after ? `?after=${encodeURIComponent(after)}` : '',
    );
  }

  describe(name: string) {
    return this.#get<RepositoryOverview>(encoded(name));
  }

  browse({ name, ref, path, offset = 0 }: Where & { path: string }) {
    const at = path ? `/${encoded(...path.split('/'))}` : '';
    return this.#get<Browsed>(
      `${encoded(name, 'browse', ref)}${at}?offset=${offset}`,
    );
  }

  commits({ name, ref, offset = 0 }: Where) {
    return this.#get<CommitPage>(
      `${encoded(name, 'commits', ref)}?offset=${offset}`,
    );
  }

  async #get<T>(path: string): Promise<T> {
    const base = await this.#discovery.getBaseUrl('repositories');
    const response = await this.#fetch.fetch(`${base}/${path}`);
    if (!response.ok) {
      const { body } = await ResponseError.fromResponse(response);
      // The server says what was wrong and where; the status alone does not.
      throw new Error(body.error.message);
    }
    return response.json();
  }
}
