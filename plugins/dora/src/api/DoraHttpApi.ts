import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  createDoraClient,
  type BackfillOrder,
  type CorrectionsQuery,
  type DeliveriesQuery,
  type DeploymentCorrection,
  type DeploymentsQuery,
  type DoraClient,
  type GoalChange,
  type GoalsQuery,
  type IncidentCorrection,
  type IncidentsQuery,
  type MetricId,
  type MetricsQuery,
  type NewGoal,
  type RowsAnswer,
  type RowsQuery,
  type StagesQuery,
  type UnmatchedQuery,
} from '@waymark/plugin-dora-common';
import { answered, fetchWith } from '@waymark/plugin-parts-react';
import type { Asking, DoraApi } from './DoraApi';

/** Asks over HTTP, as the person who is signed in. */
export class DoraHttpApi implements DoraApi {
  readonly #discovery: DiscoveryApi;
  readonly #fetch: FetchApi;

  private constructor(options: { discovery: DiscoveryApi; fetch: FetchApi }) {
    this.#discovery = options.discovery;
    this.#fetch = options.fetch;
  }

  static create(options: {
    discovery: DiscoveryApi;
    fetch: FetchApi;
  }): DoraHttpApi {
    return new DoraHttpApi(options);
  }

  async getMetrics(query: MetricsQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/metrics', { params: { query }, signal }),
    );
  }

  async getRows(
    metric: MetricId,
    query: RowsQuery,
    { signal }: Asking = {},
  ): Promise<RowsAnswer> {
    const client = await this.#client();
    const rows = answered(
      await client.request('get', '/rows/{metric}', {
        params: { path: { metric }, query },
        signal,
      }),
    );
    if (typeof rows === 'string') {
      throw new Error('The portal answered CSV where JSON was asked for');
    }
    return rows;
  }

  async getRowsCsv(metric: MetricId, query: RowsQuery): Promise<string> {
    const client = await this.#client();
    return answered(
      await client.request('get', '/rows/{metric}', {
        params: { path: { metric }, query },
        headers: { Accept: 'text/csv' },
        parseAs: 'text',
      }),
    );
  }

  async getStages(query: StagesQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/stages', { params: { query }, signal }),
    );
  }

  async listEnvironments({ signal }: Asking = {}) {
    const client = await this.#client();
    return answered(await client.request('get', '/environments', { signal }));
  }

  async listGoals(query: GoalsQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/goals', { params: { query }, signal }),
    );
  }

  async setGoal(body: NewGoal) {
    const client = await this.#client();
    return answered(await client.request('post', '/goals', { body }));
  }

  async changeGoal(id: string, body: GoalChange) {
    const client = await this.#client();
    return answered(
      await client.request('patch', '/goals/{id}', {
        params: { path: { id } },
        body,
      }),
    );
  }

  async endGoal(id: string) {
    const client = await this.#client();
    return answered(
      await client.request('delete', '/goals/{id}', {
        params: { path: { id } },
      }),
    );
  }

  async listDeployments(query: DeploymentsQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/deployments', {
        params: { query },
        signal,
      }),
    );
  }

  async getDeployment(id: string, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/deployments/{id}', {
        params: { path: { id } },
        signal,
      }),
    );
  }

  async correctDeployment(id: string, body: DeploymentCorrection) {
    const client = await this.#client();
    return answered(
      await client.request('put', '/deployments/{id}/correction', {
        params: { path: { id } },
        body,
      }),
    );
  }

  async listIncidents(query: IncidentsQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/incidents', { params: { query }, signal }),
    );
  }

  async correctIncident(id: string, body: IncidentCorrection) {
    const client = await this.#client();
    return answered(
      await client.request('put', '/incidents/{id}/correction', {
        params: { path: { id } },
        body,
      }),
    );
  }

  async listCorrections(query: CorrectionsQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/corrections', {
        params: { query },
        signal,
      }),
    );
  }

  async getStatus({ signal }: Asking = {}) {
    const client = await this.#client();
    return answered(await client.request('get', '/status', { signal }));
  }

  async listBackfills({ signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/backfills', {
        params: { query: { limit: 10 } },
        signal,
      }),
    );
  }

  async startBackfill(body: BackfillOrder) {
    const client = await this.#client();
    return answered(await client.request('post', '/backfills', { body }));
  }

  async cancelBackfill(id: string) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/backfills/{id}/cancel', {
        params: { path: { id } },
      }),
    );
  }

  async resumeBackfill(id: string) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/backfills/{id}/resume', {
        params: { path: { id } },
      }),
    );
  }

  async listDeliveries(query: DeliveriesQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/inbox', { params: { query }, signal }),
    );
  }

  async getDelivery(id: string, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/inbox/{id}', {
        params: { path: { id } },
        signal,
      }),
    );
  }

  async replayDelivery(id: string) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/inbox/{id}/replay', {
        params: { path: { id } },
      }),
    );
  }

  async replayDeliveries(body: Parameters<DoraApi['replayDeliveries']>[0]) {
    const client = await this.#client();
    return answered(await client.request('post', '/inbox/replay', { body }));
  }

  async listUnmatched(query: UnmatchedQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/unmatched', { params: { query }, signal }),
    );
  }

  async #client(): Promise<DoraClient> {
    return createDoraClient({
      baseUrl: await this.#discovery.getBaseUrl('dora'),
      fetch: fetchWith(this.#fetch),
    });
  }
}
