import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  createCostsClient,
  type CostsClient,
} from '@waymark/plugin-costs-common';

/** Reaches the costs plugin over HTTP. */
export class CostsReach {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** A client that asks on somebody's behalf. */
  async as(credentials: BackstageCredentials): Promise<CostsClient> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'costs',
    });
    return createCostsClient({
      baseUrl: await this.#discovery.getBaseUrl('costs'),
      fetch: request => {
        request.headers.set('authorization', `Bearer ${token}`);
        return fetch(request);
      },
    });
  }
}
