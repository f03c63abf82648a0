import type {
  DiscoveryApi,
  FetchApi,
  IdentityApi,
} from '@backstage/frontend-plugin-api';
import {
  createCostsClient,
  type AnomaliesQuery,
  type AnomalyVerdict,
  type BudgetOrder,
  type BudgetsQuery,
  type ChangeLinesQuery,
  type ChangesQuery,
  type CostsClient,
  type ExchangeRateFile,
  type ExchangeRateOrder,
  type ExchangeRatesQuery,
  type ForecastQuery,
  type Import,
  type ImportsQuery,
  type ReallocationsQuery,
  type RecommendationsQuery,
  type RecommendationVerdict,
  type RuleOrder,
  type TotalsQuery,
  type UnallocatedQuery,
  type UnitCostsQuery,
  type WithdrawalOrder,
} from '@waymark/plugin-costs-common';
import { answered, fetchWith } from '@waymark/plugin-parts-react';
import type { Asking, CostsApi, RateKey } from './CostsApi';
import { sendFile, type Sending } from './sendFile';

/** Asks over HTTP, as the person who is signed in. */
export class CostsHttpApi implements CostsApi {
  readonly #discovery: DiscoveryApi;
  readonly #fetch: FetchApi;

  readonly #identity: IdentityApi;

  private constructor(options: CostsHttpApiOptions) {
    this.#discovery = options.discovery;
    this.#fetch = options.fetch;
    this.#identity = options.identity;
  }

  static create(options: CostsHttpApiOptions): CostsHttpApi {
    return new CostsHttpApi(options);
  }

  async getTotals(query: TotalsQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/totals', { params: { query }, signal }),
    );
  }

  async getChanges(query: ChangesQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/changes', { params: { query }, signal }),
    );
  }

  async getChangeLines(query: ChangeLinesQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/changes/lines', {
        params: { query },
        signal,
      }),
    );
  }

  async getForecast(query: ForecastQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/forecast', { params: { query }, signal }),
    );
  }

  async listRates(query: ExchangeRatesQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/exchange-rates', {
        params: { query },
        signal,
      }),
    );
  }

  async putRate(path: RateKey, body: ExchangeRateOrder) {
    const client = await this.#client();
    return answered(
      await client.request('put', '/exchange-rates/{from}/{to}/{day}', {
        params: { path },
        body,
      }),
    );
  }

  async removeRate({ from, to, day }: RateKey) {
    const client = await this.#client();
    const { error, response } = await client.request(
      'delete',
      '/exchange-rates/{from}/{to}/{day}',
      { params: { path: { from, to, day } } },
    );
    // Nothing is answered when it is gone.
    if (!response.ok) answered({ error, response });
  }

  async importRates(body: ExchangeRateFile) {
    const client = await this.#client();
    return answered(await client.request('post', '/exchange-rates', { body }));
  }

  async getSignalRules({ signal }: Asking = {}) {
    const client = await this.#client();
    return answered(await client.request('get', '/signals', { signal }));
  }

  async listBudgets(query: BudgetsQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/budgets', { params: { query }, signal }),
    );
  }

  async putBudget(id: string, order: BudgetOrder) {
    const client = await this.#client();
    return answered(
      await client.request('put', '/budgets/{id}', {
        params: { path: { id } },
        body: order,
      }),
    );
  }

  async endBudget(id: string, version: number) {
    const client = await this.#client();
    const { error, response } = await client.request(
      'delete',
      '/budgets/{id}',
      { params: { path: { id }, query: { version } } },
    );
    // Nothing is answered when it has ended.
    if (!response.ok) answered({ error, response });
  }

  async listAnomalies(query: AnomaliesQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/anomalies', { params: { query }, signal }),
    );
  }

  async getAnomaly(id: string, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/anomalies/{id}', {
        params: { path: { id } },
        signal,
      }),
    );
  }

  async judgeAnomaly(id: string, verdict: AnomalyVerdict) {
    const client = await this.#client();
    return answered(
      await client.request('put', '/anomalies/{id}/verdict', {
        params: { path: { id } },
        body: verdict,
      }),
    );
  }

  async listRecommendations(
    query: RecommendationsQuery,
    { signal }: Asking = {},
  ) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/recommendations', {
        params: { query },
        signal,
      }),
    );
  }

  async getRecommendation(id: string, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/recommendations/{id}', {
        params: { path: { id } },
        signal,
      }),
    );
  }

  async judgeRecommendation(id: string, verdict: RecommendationVerdict) {
    const client = await this.#client();
    return answered(
      await client.request('put', '/recommendations/{id}/verdict', {
        params: { path: { id } },
        body: verdict,
      }),
    );
  }

  async getUnitCosts(query: UnitCostsQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/unit-costs', { params: { query }, signal }),
    );
  }

  async listBills({ signal }: Asking = {}) {
    const client = await this.#client();
    return answered(await client.request('get', '/bills', { signal }));
  }

  async listImports(query: ImportsQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/imports', { params: { query }, signal }),
    );
  }

  async getImport(id: string, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/imports/{id}', {
        params: { path: { id } },
        signal,
      }),
    );
  }

  async cancelImport(id: string) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/imports/{id}/cancel', {
        params: { path: { id } },
      }),
    );
  }

  async withdrawImport(id: string, order: WithdrawalOrder) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/imports/{id}/withdraw', {
        params: { path: { id } },
        body: order,
      }),
    );
  }

  async getRules({ signal }: Asking = {}) {
    const client = await this.#client();
    return answered(await client.request('get', '/rules', { signal }));
  }

  async previewRules(body: RuleOrder) {
    const client = await this.#client();
    return answered(await client.request('post', '/rules/preview', { body }));
  }

  async changeRules(body: RuleOrder) {
    const client = await this.#client();
    return answered(await client.request('put', '/rules', { body }));
  }

  async listReallocations(query: ReallocationsQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/reallocations', {
        params: { query },
        signal,
      }),
    );
  }

  async getUnallocated(query: UnallocatedQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/unallocated', {
        params: { query },
        signal,
      }),
    );
  }

  async importBill(
    bill: Parameters<CostsApi['importBill']>[0],
    sending: Sending = {},
  ): Promise<Import> {
    const { source, file, strays } = bill;
    const baseUrl = await this.#discovery.getBaseUrl('costs');
    const query = new URLSearchParams({
      source,
      filename: file.name,
      strays,
    });
    const { token } = await this.#identity.getCredentials();
    // The client of the document sends text; a bill is bytes, and many of them.
    const response = await sendFile(`${baseUrl}/imports?${query}`, file, {
      ...sending,
      token,
    });
    const body = await response.json().catch(() => ({}));
    return answered(
      response.ok ? { data: body, response } : { error: body, response },
    );
  }

  async #client(): Promise<CostsClient> {
    return createCostsClient({
      baseUrl: await this.#discovery.getBaseUrl('costs'),
      fetch: fetchWith(this.#fetch),
    });
  }
}

type CostsHttpApiOptions = {
  discovery: DiscoveryApi;
  fetch: FetchApi;
  identity: IdentityApi;
};
