import type { PermissionsService } from '@backstage/backend-plugin-api';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import { infrastructureAuditReadPermission } from '@waymark/plugin-infrastructure-common';
import type { Caller } from '../requests/people';
import type { AuditService } from './AuditService';
import type { AuditTrail } from './AuditTrail';

/** The audit trail for those who keep the platform. */
export class AuthorizedAudit implements AuditService {
  readonly #trail: AuditTrail;
  readonly #permissions: PermissionsService;

  constructor(trail: AuditTrail, permissions: PermissionsService) {
    this.#trail = trail;
    this.#permissions = permissions;
  }

  async entries(after: number, caller: Caller) {
    await this.#require(caller);
    return this.#trail.entries(after);
  }

  async verify(caller: Caller) {
    await this.#require(caller);
    return this.#trail.verify();
  }

  async #require({ credentials }: Caller) {
    await requirePermissions({
      permissions: this.#permissions,
      required: [infrastructureAuditReadPermission],
      credentials,
      purpose: 'read the audit trail',
    });
  }
}
