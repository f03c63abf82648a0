import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  createGoldenPathsClient,
  type GoldenPathsClient,
  type NameCheck,
  type Preview,
  type PreviewRequest,
} from '@waymark/plugin-golden-paths-common';
import type { GoldenPathsApi } from './GoldenPathsApi';

type Answer<T> = {
  data?: T;
  error?: { error?: { message?: string } };
  response: Response;
};

/** Asks over HTTP, as the person who is signed in. */
export class GoldenPathsHttpApi implements GoldenPathsApi {
  readonly #discovery: DiscoveryApi;
  readonly #fetch: FetchApi;

  private constructor(options: { discovery: DiscoveryApi; fetch: FetchApi }) {
    this.#discovery = options.discovery;
    this.#fetch = options.fetch;
  }

  static create(options: {
    discovery: DiscoveryApi;
    fetch: FetchApi;
  }): GoldenPathsHttpApi {
    return new GoldenPathsHttpApi(options);
  }

  async checkName(
    name: string,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<NameCheck> {
    const client = await this.#client();
    return answered(
      await client.request('get', '/names/{name}', {
        params: { path: { name } },
        signal,
      }),
    );
  }

  async createPreview(
    body: PreviewRequest,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<Preview> {
    const client = await this.#client();
    return answered(
      await client.request('post', '/previews', { body, signal }),
    );
  }

  async #client(): Promise<GoldenPathsClient> {
    return createGoldenPathsClient({
      baseUrl: await this.#discovery.getBaseUrl('golden-paths'),
      fetch: async request =>
        // The app builds a request of its own around what it is given, and the
        // body of a Request can be taken once only.
        this.#fetch.fetch(request.url, {
          method: request.method,
          headers: request.headers,
          body: (await request.text()) || undefined,
          signal: request.signal,
        }),
    });
  }
}

function answered<T>({ data, error, response }: Answer<T>): T {
  if (data !== undefined) return data;
  throw new Error(
    error?.error?.message ??
      `The portal answered ${response.status} ${response.statusText}`.trim(),
  );
}
