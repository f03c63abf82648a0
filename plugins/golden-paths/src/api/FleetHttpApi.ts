import { parseEntityRef } from '@backstage/catalog-model';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  createGoldenPathsClient,
  type CampaignRequest,
  type CountedServicesQuery,
  type ExceptionsQuery,
  type ExceptionVerdict,
  type FleetQuery,
  type GoldenPathsClient,
  type NewException,
  type PageQuery,
  type UpgradeRequest,
  type UpgradesQuery,
} from '@waymark/plugin-golden-paths-common';
import { answered, fetchWith } from '@waymark/plugin-parts-react';
import type { Asking, FleetApi } from './FleetApi';

function pathOf(entityRef: string): { namespace: string; name: string } {
  const { namespace, name } = parseEntityRef(entityRef);
  return { namespace, name };
}

/** Asks over HTTP, as the person who is signed in. */
export class FleetHttpApi implements FleetApi {
  readonly #discovery: DiscoveryApi;
  readonly #fetch: FetchApi;

  private constructor(options: { discovery: DiscoveryApi; fetch: FetchApi }) {
    this.#discovery = options.discovery;
    this.#fetch = options.fetch;
  }

  static create(options: {
    discovery: DiscoveryApi;
    fetch: FetchApi;
  }): FleetHttpApi {
    return new FleetHttpApi(options);
  }

  async listTemplates(asking: Asking = {}) {
    const client = await this.#client();
    return answered(await client.request('get', '/templates', asking)).items;
  }

  async getSummary(asking: Asking = {}) {
    const client = await this.#client();
    return answered(await client.request('get', '/fleet/summary', asking));
  }

  async listFleet(query: FleetQuery, asking: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/fleet', { ...asking, params: { query } }),
    );
  }

  async listServices(query: CountedServicesQuery, asking: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/fleet/services', {
        ...asking,
        params: { query },
      }),
    );
  }

  async getMember(entityRef: string, asking: Asking = {}) {
    const client = await this.#client();
    const params = { path: pathOf(entityRef) };
    return answered(
      await client.request('get', '/fleet/{namespace}/{name}', {
        ...asking,
        params,
      }),
    );
  }

  async getDrift(entityRef: string, asking: Asking = {}) {
    const client = await this.#client();
    const params = { path: pathOf(entityRef) };
    return answered(
      await client.request('get', '/fleet/{namespace}/{name}/drift', {
        ...asking,
        params,
      }),
    );
  }

  async previewUpgrade(entityRef: string, asking: Asking = {}) {
    const client = await this.#client();
    const params = { path: pathOf(entityRef) };
    return answered(
      await client.request('get', '/fleet/{namespace}/{name}/upgrade', {
        ...asking,
        params,
      }),
    );
  }

  async listUpgrades(query: UpgradesQuery, asking: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/upgrades', {
        ...asking,
        params: { query },
      }),
    );
  }

  async requestUpgrade(body: UpgradeRequest) {
    const client = await this.#client();
    return answered(await client.request('post', '/upgrades', { body }));
  }

  async mergeUpgrade(id: string) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/upgrades/{id}/merge', {
        params: { path: { id } },
      }),
    );
  }

  async listCampaigns(query: PageQuery, asking: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/campaigns', {
        ...asking,
        params: { query },
      }),
    );
  }

  async getCampaign(id: string, asking: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/campaigns/{id}', {
        ...asking,
        params: { path: { id } },
      }),
    );
  }

  async startCampaign(body: CampaignRequest) {
    const client = await this.#client();
    return answered(await client.request('post', '/campaigns', { body }));
  }

  async steerCampaign(id: string, deed: 'pause' | 'resume' | 'cancel') {
    const client = await this.#client();
    return answered(
      await client.request('post', `/campaigns/{id}/${deed}`, {
        params: { path: { id } },
      }),
    );
  }

  async listExceptions(query: ExceptionsQuery, asking: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/exceptions', {
        ...asking,
        params: { query },
      }),
    );
  }

  async getException(id: string, asking: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/exceptions/{id}', {
        ...asking,
        params: { path: { id } },
      }),
    );
  }

  async askException(body: NewException) {
    const client = await this.#client();
    return answered(await client.request('post', '/exceptions', { body }));
  }

  async decideException(id: string, body: ExceptionVerdict) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/exceptions/{id}/decision', {
        params: { path: { id } },
        body,
      }),
    );
  }

  async endException(id: string) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/exceptions/{id}/end', {
        params: { path: { id } },
      }),
    );
  }

  async #client(): Promise<GoldenPathsClient> {
    return createGoldenPathsClient({
      baseUrl: await this.#discovery.getBaseUrl('golden-paths'),
      fetch: fetchWith(this.#fetch),
    });
  }
}
