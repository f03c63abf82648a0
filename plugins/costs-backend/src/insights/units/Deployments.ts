import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { createDoraClient } from '@waymark/plugin-dora-common';
import type { Caller } from '../../import/ImportsService';

/** Counts deployments. */
export interface Deployments {
  /**
   * How many deployments to production an entity had, by the first day of the
   * month in UTC.
   *
   * @throws when they cannot be read, or not by the caller
   */
  months(
    entityRef: string,
    from: string,
    to: string,
    caller: Caller,
  ): Promise<Map<string, number>>;
}

/** Asks the dora plugin over HTTP, for the caller. */
export class DoraDeployments implements Deployments {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  async months(
    entityRef: string,
    from: string,
    to: string,
    { credentials }: Caller,
  ): Promise<Map<string, number>> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'dora',
    });
    const client = createDoraClient({
      baseUrl: await this.#discovery.getBaseUrl('dora'),
      fetch: request => {
        request.headers.set('authorization', `Bearer ${token}`);
        return fetch(request);
      },
    });
    const { data, response } = await client.GET('/metrics', {
      params: {
        query: { entityRef, from, to, groupBy: 'month', timeZone: 'UTC' },
      },
    });
    if (!data) throw await ResponseError.fromResponse(response);
    return new Map(
      (data.groups ?? []).map(({ key, metrics }) => [
        key.slice(0, 10),
        metrics.deploymentFrequency.n,
      ]),
    );
  }
}
