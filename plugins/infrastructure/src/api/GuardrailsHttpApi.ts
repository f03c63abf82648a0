import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  createInfrastructureClient,
  type AuditExportQuery,
  type ComplianceQuery,
  type ExceptionsQuery,
  type ExceptionVerdict,
  type InfrastructureClient,
  type NewDelegation,
  type NewException,
  type ReplaysQuery,
} from '@waymark/plugin-infrastructure-common';
import { answered, fetchWith } from '@waymark/plugin-parts-react';
import type { GuardrailsApi } from './GuardrailsApi';
import type { Asking, Once } from './InfrastructureApi';

const headerOf = ({ key }: Once) => ({ 'Idempotency-Key': key });

/** Asks over HTTP, as the person who is signed in. */
export class GuardrailsHttpApi implements GuardrailsApi {
  readonly #discovery: DiscoveryApi;
  readonly #fetch: FetchApi;

  private constructor(options: { discovery: DiscoveryApi; fetch: FetchApi }) {
    this.#discovery = options.discovery;
    this.#fetch = options.fetch;
  }

  static create(options: {
    discovery: DiscoveryApi;
    fetch: FetchApi;
  }): GuardrailsHttpApi {
    return new GuardrailsHttpApi(options);
  }

  async listExceptions(query: ExceptionsQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/exceptions', { params: { query }, signal }),
    );
  }

  async getException(id: string, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/exceptions/{id}', {
        params: { path: { id } },
        signal,
      }),
    );
  }

  async listExceptionDeciders({ signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/exceptions/deciders', { signal }),
    );
  }

  async askException(body: NewException, once: Once) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/exceptions', {
        params: { header: headerOf(once) },
        body,
      }),
    );
  }

  async decideException(id: string, body: ExceptionVerdict, once: Once) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/exceptions/{id}/decision', {
        params: { path: { id }, header: headerOf(once) },
        body,
      }),
    );
  }

  async endException(id: string, once: Once) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/exceptions/{id}/end', {
        params: { path: { id }, header: headerOf(once) },
      }),
    );
  }

  async listCompliance(query: ComplianceQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    const report = answered(
      await client.request('get', '/compliance', { params: { query }, signal }),
    );
    if (typeof report === 'string') {
      throw new Error('The portal answered CSV where JSON was asked for');
    }
    return report;
  }

  async getComplianceCsv(query: ComplianceQuery): Promise<string> {
    const client = await this.#client();
    return answered(
      await client.request('get', '/compliance', {
        params: { query },
        headers: { Accept: 'text/csv' },
        parseAs: 'text',
      }),
    );
  }

  async getJudgement(id: string, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/judgements/{id}', {
        params: { path: { id } },
        signal,
      }),
    );
  }

  async replayRequest(id: string) {
    const client = await this.#client();
    const { items } = answered(
      await client.request('get', '/requests/{id}/replay', {
        params: { path: { id } },
      }),
    );
    return items;
  }

  async replayDecisions(query: ReplaysQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/replays', { params: { query }, signal }),
    );
  }

  async exportAudit(query: AuditExportQuery): Promise<string> {
    const client = await this.#client();
    return answered(
      await client.request('get', '/audit/export', {
        params: { query },
        parseAs: 'text',
      }),
    );
  }

  async verifyAudit() {
    const client = await this.#client();
    return answered(await client.request('get', '/audit/verification'));
  }

  async listDelegations({ signal }: Asking = {}) {
    const client = await this.#client();
    const { items } = answered(
      await client.request('get', '/delegations', { signal }),
    );
    return items;
  }

  async delegate(body: NewDelegation, once: Once) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/delegations', {
        params: { header: headerOf(once) },
        body,
      }),
    );
  }

  async endDelegation(id: string, once: Once) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/delegations/{id}/end', {
        params: { path: { id }, header: headerOf(once) },
      }),
    );
  }

  async #client(): Promise<InfrastructureClient> {
    return createInfrastructureClient({
      baseUrl: await this.#discovery.getBaseUrl('infrastructure'),
      fetch: fetchWith(this.#fetch),
    });
  }
}
