import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  infrastructureAuditReadPermission,
  infrastructureReadPermission,
  infrastructureResourceImportPermission,
  type AuditQuery,
  type RequestsQuery,
  type ResourcesQuery,
} from '@waymark/plugin-infrastructure-common';
import type { Caller } from '../requests/people';
import type { ViewsService } from './ViewsService';

/** Everybody who may read sees offerings, requests and resources; the audit trail is for those who keep the platform. */
export class AuthorizedViews implements ViewsService {
  readonly #inner: ViewsService;
  readonly #permissions: PermissionsService;

  constructor(inner: ViewsService, permissions: PermissionsService) {
    this.#inner = inner;
    this.#permissions = permissions;
  }

  async offerings(caller: Caller) {
    await this.#requireReading('read offerings', caller);
    return this.#inner.offerings(caller);
  }

  async offering(name: string, caller: Caller) {
    await this.#requireReading('read offerings', caller);
    return this.#inner.offering(name, caller);
  }

  async accuracy(name: string, caller: Caller) {
    await this.#requireReading('read how right estimates were', caller);
    return this.#inner.accuracy(name, caller);
  }

  async requests(query: RequestsQuery, caller: Caller) {
    await this.#requireReading('read requests', caller);
    return this.#inner.requests(query, caller);
  }

  async request(id: string, caller: Caller) {
    await this.#requireReading('read requests', caller);
    return this.#inner.request(id, caller);
  }

  async history(id: string, before: number | undefined, caller: Caller) {
    await this.#requireReading('read requests', caller);
    return this.#inner.history(id, before, caller);
  }

  async log(id: string, after: number, caller: Caller) {
    await this.#requireReading('read requests', caller);
    return this.#inner.log(id, after, caller);
  }

  async resources(query: ResourcesQuery, caller: Caller) {
    await this.#requireReading('read resources', caller);
    return this.#inner.resources(query, caller);
  }

  async resource(id: string, caller: Caller) {
    await this.#requireReading('read resources', caller);
    return this.#inner.resource(id, caller);
  }

  async orphans(caller: Caller) {
    await this.#require(
      infrastructureResourceImportPermission,
      'search for what has no record',
      caller,
    );
    return this.#inner.orphans(caller);
  }

  async audit(query: AuditQuery, caller: Caller) {
    await this.#require(
      infrastructureAuditReadPermission,
      'read the audit trail',
      caller,
    );
    return this.#inner.audit(query, caller);
  }

  async #requireReading(purpose: string, caller: Caller) {
    await this.#require(infrastructureReadPermission, purpose, caller);
  }

  async #require(
    permission: BasicPermission,
    purpose: string,
    { credentials }: Caller,
  ) {
    await requirePermissions({
      permissions: this.#permissions,
      required: [permission],
      credentials,
      purpose,
    });
  }
}
