import type {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import {
  createInfrastructureClient,
  type ResourceSummary,
} from '@waymark/plugin-infrastructure-common';
import { toEntity } from './toEntity';

/** What is there, or may still be: what is only asked for is nobody's to depend on yet. */
const there = [
  'ready',
  'drifted',
  'changing',
  'destroying',
  'failed',
  'interrupted',
] as const;

const pageSize = 200;

/** Keeps the catalog's resources those of the infrastructure plugin. */
export class ResourceProvider implements EntityProvider {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;
  readonly #logger: LoggerService;
  readonly #portalUrl: string;
  #connection: EntityProviderConnection | undefined;
  #known = '';

  constructor(options: {
    auth: AuthService;
    discovery: DiscoveryService;
    logger: LoggerService;
    /** Where people open the portal. */
    portalUrl: string;
  }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
    this.#logger = options.logger;
    this.#portalUrl = options.portalUrl;
  }

  getProviderName() {
    return 'waymark-infrastructure';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
  }

  /** Reads what there is, and tells the catalog when it is not what it was. */
  async refresh(): Promise<void> {
    const resources = await this.#read();
    const entities = resources.map(resource =>
      toEntity(resource, this.#portalUrl),
    );
    const found = JSON.stringify(entities);
    if (found === this.#known) return;
    await this.#connection?.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({
        entity,
        locationKey: this.getProviderName(),
      })),
    });
    this.#known = found;
    this.#logger.info(
      `The catalog has ${entities.length} resources by request`,
    );
  }

  async #read(): Promise<ResourceSummary[]> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'infrastructure',
    });
    const client = createInfrastructureClient({
      baseUrl: await this.#discovery.getBaseUrl('infrastructure'),
      fetch: request => {
        request.headers.set('authorization', `Bearer ${token}`);
        return fetch(request);
      },
    });
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
}
