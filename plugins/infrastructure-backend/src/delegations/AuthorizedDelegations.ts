import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  infrastructureAuditReadPermission,
  infrastructureReadPermission,
  infrastructureRequestDecidePermission,
  type NewDelegation,
} from '@waymark/plugin-infrastructure-common';
import type { Caller } from '../requests/people';
import type { DelegationsService } from './DelegationsService';

/** Who may approve may name who does so in their place; who keeps the platform sees who stands in for whom. */
export class AuthorizedDelegations implements DelegationsService {
  readonly #inner: DelegationsService;
  readonly #permissions: PermissionsService;

  constructor(inner: DelegationsService, permissions: PermissionsService) {
    this.#inner = inner;
    this.#permissions = permissions;
  }

  async list(caller: Caller) {
    await this.#require(infrastructureReadPermission, 'read', caller);
    const [keeper] = await this.#permissions.authorize(
      [{ permission: infrastructureAuditReadPermission }],
      caller,
    );
    return this.#inner.list(
      caller,
      keeper.result === AuthorizeResult.ALLOW ? 'all' : 'own',
    );
  }

  async get(id: string, caller: Caller) {
    await this.#require(infrastructureReadPermission, 'read', caller);
    return this.#inner.get(id, caller);
  }

  async delegate(wanted: NewDelegation, caller: Caller) {
    await this.#require(infrastructureRequestDecidePermission, 'make', caller);
    return this.#inner.delegate(wanted, caller);
  }

  async end(id: string, caller: Caller) {
    await this.#require(infrastructureRequestDecidePermission, 'end', caller);
    return this.#inner.end(id, caller);
  }

  async #require(
    permission: BasicPermission,
    verb: string,
    { credentials }: Caller,
  ) {
    await requirePermissions({
      permissions: this.#permissions,
      required: [permission],
      credentials,
      purpose: `${verb} delegations`,
    });
  }
}
