import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import { createCostsClient } from '@waymark/plugin-costs-common';
import { answered, fetchWith } from '@waymark/plugin-parts-react';
import type { BillApi } from './BillApi';

/** Asks the costs plugin over HTTP, as the person who is signed in. */
export class BillHttpApi implements BillApi {
  readonly #discovery: DiscoveryApi;
  readonly #fetch: FetchApi;

  private constructor(options: { discovery: DiscoveryApi; fetch: FetchApi }) {
    this.#discovery = options.discovery;
    this.#fetch = options.fetch;
  }

  static create(options: {
    discovery: DiscoveryApi;
    fetch: FetchApi;
  }): BillHttpApi {
    return new BillHttpApi(options);
  }

  async used(...[resource, asking = {}]: Parameters<BillApi['used']>) {
    const { entityRef, from, to } = resource;
    const client = createCostsClient({
      baseUrl: await this.#discovery.getBaseUrl('costs'),
      fetch: fetchWith(this.#fetch),
    });
    return answered(
      await client.request('get', '/totals', {
        params: {
          query: {
            from,
            to,
            // What is paid in advance counts where it is used.
            measure: 'EffectiveCost',
            groupBy: 'entity',
            filter: `entity=${entityRef}`,
            interval: 'month',
          },
        },
        signal: asking.signal,
      }),
    );
  }
}
