import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  costsOrganisationReadPermission,
  costsRulesUpdatePermission,
  type ReallocationsQuery,
  type RuleOrder,
} from '@waymark/plugin-costs-common';
import type { Caller } from '../import/ImportsService';
import type { RulesService } from './RulesService';

/** Shows rules to those who see everything, and lets those change them who may. */
export class AuthorizedRules implements RulesService {
  readonly #rules: RulesService;
  readonly #permissions: PermissionsService;

  constructor(rules: RulesService, permissions: PermissionsService) {
    this.#rules = rules;
    this.#permissions = permissions;
  }

  async rules(caller: Caller) {
    await this.#require(costsOrganisationReadPermission, 'read rules', caller);
    return this.#rules.rules(caller);
  }

  async preview(order: RuleOrder, caller: Caller) {
    await this.#require(costsRulesUpdatePermission, 'change rules', caller);
    return this.#rules.preview(order, caller);
  }

  async change(order: RuleOrder, caller: Caller) {
    await this.#require(costsRulesUpdatePermission, 'change rules', caller);
    return this.#rules.change(order, caller);
  }

  async reallocations(query: ReallocationsQuery, caller: Caller) {
    await this.#require(costsOrganisationReadPermission, 'read rules', caller);
    return this.#rules.reallocations(query, caller);
  }

  async reallocation(id: string, caller: Caller) {
    await this.#require(costsOrganisationReadPermission, 'read rules', caller);
    return this.#rules.reallocation(id, caller);
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
