import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  infrastructureAuditReadPermission,
  infrastructureReadPermission,
} from '@waymark/plugin-infrastructure-common';
import type { Actors, Caller } from '../requests/people';
import type { ComplianceService, ReportQuery } from './ComplianceService';

/** Who may read the audit trail sees all of it; everybody else what their own groups own. */
export class AuthorizedCompliance implements ComplianceService {
  readonly #inner: ComplianceService;
  readonly #permissions: PermissionsService;
  readonly #actors: Actors;

  constructor(options: {
    inner: ComplianceService;
    permissions: PermissionsService;
    actors: Actors;
  }) {
    this.#inner = options.inner;
    this.#permissions = options.permissions;
    this.#actors = options.actors;
  }

  async report(query: ReportQuery, caller: Caller) {
    const owners = await this.#ownersFor(caller);
    return this.#inner.report({ ...query, owners }, caller);
  }

  async judgement(id: string, caller: Caller) {
    const owners = await this.#ownersFor(caller);
    const judgement = await this.#inner.judgement(id, caller);
    if (owners && !owners.includes(judgement.owner)) {
      throw new NotFoundError(`There is no judgement ${id}`);
    }
    return judgement;
  }

  /** Whose resources the caller may see; undefined for everybody's. */
  async #ownersFor(caller: Caller): Promise<string[] | undefined> {
    await requirePermissions({
      permissions: this.#permissions,
      required: [infrastructureReadPermission],
      credentials: caller.credentials,
      purpose: 'read how resources comply',
    });
    const [auditor] = await this.#permissions.authorize(
      [{ permission: infrastructureAuditReadPermission }],
      caller,
    );
    return auditor.result === AuthorizeResult.ALLOW
      ? undefined
      : (await this.#actors.of(caller)).groups;
  }
}
