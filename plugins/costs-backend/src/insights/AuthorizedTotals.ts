import type { PermissionsService } from '@backstage/backend-plugin-api';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  costsOrganisationReadPermission,
  type TotalsQuery,
  type UnallocatedQuery,
} from '@waymark/plugin-costs-common';
import type { Sight } from '../allocation/Sight';
import type { Caller } from '../import/ImportsService';
import type { TotalsService } from './TotalsService';

/** Shows people what their own groups spend, and everything to those who may see it. */
export class AuthorizedTotals implements TotalsService {
  readonly #totals: TotalsService;
  readonly #permissions: PermissionsService;
  readonly #sight: Sight;

  constructor(options: {
    totals: TotalsService;
    permissions: PermissionsService;
    sight: Sight;
  }) {
    this.#totals = options.totals;
    this.#permissions = options.permissions;
    this.#sight = options.sight;
  }

  async unallocated(query: UnallocatedQuery, caller: Caller) {
    await requirePermissions({
      permissions: this.#permissions,
      required: [costsOrganisationReadPermission],
      credentials: caller.credentials,
      purpose: 'read what nobody owns',
    });
    return this.#totals.unallocated(query, caller);
  }

  async totals(query: TotalsQuery, caller: Caller) {
    return this.#totals.totals(query, caller, await this.#sight.within(caller));
  }
}
