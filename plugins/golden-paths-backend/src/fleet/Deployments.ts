import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { createDoraClient, type DoraClient } from '@waymark/plugin-dora-common';
import type { FirstDeployment } from './FirstDeploymentStore';

/** The delivery metrics look at so long a time in one question, and a bit more. */
const longestMs = 5 * 365 * 86_400_000;

/** Knows deployments. */
export interface Deployments {
  /**
   * The first that succeeded, in whatever environment.
   *
   * @param since - when the component was made
   * @throws when nobody can say, as without delivery metrics
   */
  first(entityRef: string, since: Date): Promise<FirstDeployment | undefined>;
}

/** Asks the dora plugin over HTTP, as this plugin. */
export class DoraDeployments implements Deployments {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  async first(
    entityRef: string,
    since: Date,
  ): Promise<FirstDeployment | undefined> {
    const client = await this.#client();
    const to = new Date(Math.min(Date.now(), since.getTime() + longestMs));
    const at = async (offset: number) => {
      const { data, response } = await client.GET('/deployments', {
        params: {
          query: {
            entityRef,
            outcome: 'succeeded',
            from: since.toISOString(),
            // The end is the same in both questions, so that nothing moves between them.
            to: to.toISOString(),
            limit: 1,
            offset,
          },
        },
      });
      if (!data) throw await ResponseError.fromResponse(response);
      return data;
    };
    const newest = await at(0);
    const { items } = newest.total > 1 ? await at(newest.total - 1) : newest;
    return items.map(({ at: when, environment }) => ({
      at: new Date(when),
      environment,
    }))[0];
  }

  async #client(): Promise<DoraClient> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'dora',
    });
    return createDoraClient({
      baseUrl: await this.#discovery.getBaseUrl('dora'),
      fetch: request => {
        request.headers.set('authorization', `Bearer ${token}`);
        return fetch(request);
      },
    });
  }
}
