import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  createInfrastructureClient,
  type InfrastructureClient,
  type ResourceSummary,
} from '@waymark/plugin-infrastructure-common';
import type { Managed } from './Rule';

/** What is there and costs something. */
const there = ['ready', 'drifted', 'changing', 'destroying'] as const;

const pageSize = 200;

/** How many are asked for their size at once, and the most of one look. */
const atOnce = 5;
const mostHints = 500;

/** Answers what the infrastructure plugin knows of resources. */
export interface ManagedResources {
  /** @param billed - entities of which anything is billed; the others are of no use */
  read(billed: ReadonlySet<string>): Promise<Map<string, Managed>>;
}

/** Asks the infrastructure plugin over HTTP, as this plugin. */
export class InfrastructureResources implements ManagedResources {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  async read(billed: ReadonlySet<string>): Promise<Map<string, Managed>> {
    const client = await this.#client();
    const resources = (await this.#list(client)).filter(({ entityRef }) =>
      billed.has(entityRef),
    );
    const found = new Map<string, Managed>();
    for (let first = 0; first < resources.length; first += atOnce) {
      const read = await Promise.all(
        resources
          .slice(first, first + atOnce)
          .map(resource => this.#managed(client, resource, first < mostHints)),
      );
      for (const [entityRef, managed] of read) found.set(entityRef, managed);
    }
    return found;
  }

  async #managed(
    client: InfrastructureClient,
    resource: ResourceSummary,
    withHints: boolean,
  ): Promise<[string, Managed]> {
    const { id, offering, state, changedAt, monthlyCost, entityRef } = resource;
    return [
      entityRef,
      {
        id,
        offering,
        state,
        changedAt,
        estimate: monthlyCost?.high,
        hints: withHints ? await this.#hints(client, id) : [],
      },
    ];
  }

  async #hints(
    client: InfrastructureClient,
    id: string,
  ): Promise<Managed['hints']> {
    const { data, response } = await client.GET('/resources/{id}', {
      params: { path: { id } },
    });
    // It may have gone since it was listed.
    if (response.status === 404) return [];
    if (!data) throw await ResponseError.fromResponse(response);
    return data.hints ?? [];
  }

  async #list(client: InfrastructureClient): Promise<ResourceSummary[]> {
    const resources: ResourceSummary[] = [];
    for (;;) {
      const { data, response } = await client.GET('/resources', {
        params: {
          query: {
            state: [...there],
            limit: pageSize,
            offset: resources.length,
          },
        },
      });
      if (!data) throw await ResponseError.fromResponse(response);
      resources.push(...data.items);
      if (data.items.length < pageSize) return resources;
    }
  }

  async #client(): Promise<InfrastructureClient> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'infrastructure',
    });
    return createInfrastructureClient({
      baseUrl: await this.#discovery.getBaseUrl('infrastructure'),
      fetch: request => {
        request.headers.set('authorization', `Bearer ${token}`);
        return fetch(request);
      },
    });
  }
}
