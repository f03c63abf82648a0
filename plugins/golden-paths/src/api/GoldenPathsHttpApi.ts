import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  createGoldenPathsClient,
  type GoldenPathsClient,
  type NameCheck,
  type Preview,
  type PreviewRequest,
} from '@waymark/plugin-golden-paths-common';
import { answered, fetchWith } from '@waymark/plugin-parts-react';
import type { GoldenPathsApi } from './GoldenPathsApi';

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
      fetch: fetchWith(this.#fetch),
    });
  }
}
