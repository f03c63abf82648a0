import type { PermissionsService } from '@backstage/backend-plugin-api';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  infrastructureAuditReadPermission,
  infrastructureReadPermission,
  type ReplaysQuery,
} from '@waymark/plugin-infrastructure-common';
import type { Caller } from '../requests/people';
import type { ReplayService } from './ReplayService';

/** Who reads a request may see its decisions made again; those of a period are for who reads the audit trail. */
export class AuthorizedReplay implements ReplayService {
  readonly #inner: ReplayService;
  readonly #permissions: PermissionsService;

  constructor(inner: ReplayService, permissions: PermissionsService) {
    this.#inner = inner;
    this.#permissions = permissions;
  }

  async ofRequest(id: string, caller: Caller) {
    await requirePermissions({
      permissions: this.#permissions,
      required: [infrastructureReadPermission],
      credentials: caller.credentials,
      purpose: 'read requests',
    });
    return this.#inner.ofRequest(id, caller);
  }

  async ofPeriod(query: ReplaysQuery, caller: Caller) {
    await requirePermissions({
      permissions: this.#permissions,
      required: [infrastructureAuditReadPermission],
      credentials: caller.credentials,
      purpose: 'make the decisions of a period again',
    });
    return this.#inner.ofPeriod(query, caller);
  }
}
