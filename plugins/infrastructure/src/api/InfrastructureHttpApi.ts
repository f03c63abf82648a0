import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  createInfrastructureClient,
  type AuditQuery,
  type InfrastructureClient,
  type NewApproval,
  type NewRequest,
  type RequestsQuery,
  type ResourcesQuery,
  type Wish,
} from '@waymark/plugin-infrastructure-common';
import { answered, fetchWith } from '@waymark/plugin-parts-react';
import type { Asking, InfrastructureApi, Once } from './InfrastructureApi';

const headerOf = ({ key }: Once) => ({ 'Idempotency-Key': key });

/** Asks over HTTP, as the person who is signed in. */
export class InfrastructureHttpApi implements InfrastructureApi {
  readonly #discovery: DiscoveryApi;
  readonly #fetch: FetchApi;

  private constructor(options: { discovery: DiscoveryApi; fetch: FetchApi }) {
    this.#discovery = options.discovery;
    this.#fetch = options.fetch;
  }

  static create(options: {
    discovery: DiscoveryApi;
    fetch: FetchApi;
  }): InfrastructureHttpApi {
    return new InfrastructureHttpApi(options);
  }

  async listOfferings({ signal }: Asking = {}) {
    const client = await this.#client();
    return answered(await client.request('get', '/offerings', { signal }));
  }

  async getOffering(name: string, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/offerings/{name}', {
        params: { path: { name } },
        signal,
      }),
    );
  }

  async getAccuracy(name: string, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/offerings/{name}/accuracy', {
        params: { path: { name } },
        signal,
      }),
    );
  }

  async preview(name: string, body: Wish, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/offerings/{name}/preview', {
        params: { path: { name } },
        body,
        signal,
      }),
    );
  }

  async getDraft(offering: string, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/drafts/{offering}', {
        params: { path: { offering } },
        signal,
      }),
    );
  }

  async putDraft(offering: string, body: Wish, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('put', '/drafts/{offering}', {
        params: { path: { offering } },
        body,
        signal,
      }),
    );
  }

  async deleteDraft(offering: string) {
    const client = await this.#client();
    const { error, response } = await client.request(
      'delete',
      '/drafts/{offering}',
      {
        params: { path: { offering } },
      },
    );
    // Nothing is answered when it is gone.
    if (!response.ok) answered({ error, response });
  }

  async listRequests(query: RequestsQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/requests', { params: { query }, signal }),
    );
  }

  async getRequest(id: string, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/requests/{id}', {
        params: { path: { id } },
        signal,
      }),
    );
  }

  async createRequest(body: NewRequest, once: Once) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/requests', {
        params: { header: headerOf(once) },
        body,
      }),
    );
  }

  async decide(id: string, body: NewApproval, once: Once) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/requests/{id}/approvals', {
        params: { path: { id }, header: headerOf(once) },
        body,
      }),
    );
  }

  async comment(id: string, text: string, once: Once) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/requests/{id}/comments', {
        params: { path: { id }, header: headerOf(once) },
        body: { text },
      }),
    );
  }

  async cancel(id: string, once: Once) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/requests/{id}/cancel', {
        params: { path: { id }, header: headerOf(once) },
      }),
    );
  }

  async retry(id: string, once: Once) {
    const client = await this.#client();
    return answered(
      await client.request('post', '/requests/{id}/retry', {
        params: { path: { id }, header: headerOf(once) },
      }),
    );
  }

  async getHistory(id: string, before: number, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/requests/{id}/history', {
        params: { path: { id }, query: { before } },
        signal,
      }),
    );
  }

  async getLog(id: string, after: number, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/requests/{id}/log', {
        params: { path: { id }, query: { after } },
        signal,
      }),
    );
  }

  async listResources(query: ResourcesQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/resources', { params: { query }, signal }),
    );
  }

  async getResource(id: string, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/resources/{id}', {
        params: { path: { id } },
        signal,
      }),
    );
  }

  async reveal(id: string, output: string) {
    const client = await this.#client();
    const { value } = answered(
      await client.request('post', '/resources/{id}/secrets/{output}', {
        params: { path: { id, output } },
      }),
    );
    return value;
  }

  async searchOrphans({ signal }: Asking = {}) {
    const client = await this.#client();
    return answered(await client.request('get', '/orphans', { signal }));
  }

  async listAudit(query: AuditQuery, { signal }: Asking = {}) {
    const client = await this.#client();
    return answered(
      await client.request('get', '/audit', { params: { query }, signal }),
    );
  }

  async #client(): Promise<InfrastructureClient> {
    return createInfrastructureClient({
      baseUrl: await this.#discovery.getBaseUrl('infrastructure'),
      fetch: fetchWith(this.#fetch),
    });
  }
}
