import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  costsImportCreatePermission,
  costsOrganisationReadPermission,
  type WithdrawalOrder,
} from '@waymark/plugin-costs-common';
import type { Caller, ImportsService, Upload } from './ImportsService';

/** Lets only those hand bills in who may, and only those see whole bills who may see what everybody spends. */
export class AuthorizedImports implements ImportsService {
  readonly #imports: ImportsService;
  readonly #permissions: PermissionsService;

  constructor(imports: ImportsService, permissions: PermissionsService) {
    this.#imports = imports;
    this.#permissions = permissions;
  }

  async add(upload: Upload, about: Record<string, unknown>, caller: Caller) {
    await this.#require(costsImportCreatePermission, 'import bills', caller);
    return this.#imports.add(upload, about, caller);
  }

  async list(query: Parameters<ImportsService['list']>[0], caller: Caller) {
    await this.#require(costsOrganisationReadPermission, 'read bills', caller);
    return this.#imports.list(query, caller);
  }

  async get(id: string, caller: Caller) {
    await this.#require(costsOrganisationReadPermission, 'read bills', caller);
    return this.#imports.get(id, caller);
  }

  async cancel(id: string, caller: Caller) {
    await this.#require(costsImportCreatePermission, 'import bills', caller);
    return this.#imports.cancel(id, caller);
  }

  async withdraw(id: string, order: WithdrawalOrder, caller: Caller) {
    await this.#require(costsImportCreatePermission, 'import bills', caller);
    return this.#imports.withdraw(id, order, caller);
  }

  async bills(query: { source?: string }, caller: Caller) {
    await this.#require(costsOrganisationReadPermission, 'read bills', caller);
    return this.#imports.bills(query, caller);
  }

  async #require(
    permission: BasicPermission,
    purpose: string,
    { credentials }: Caller,
  ): Promise<void> {
    await requirePermissions({
      permissions: this.#permissions,
      required: [permission],
      credentials,
      purpose,
    });
  }
}
