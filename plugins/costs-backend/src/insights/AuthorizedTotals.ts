import type {
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  costsOrganisationReadPermission,
  costsReadPermission,
  type TotalsQuery,
  type UnallocatedQuery,
} from '@waymark/plugin-costs-common';
import type { Caller } from '../import/ImportsService';
import type { TotalsService } from './TotalsService';

/** Shows people what their own groups spend, and everything to those who may see it. */
export class AuthorizedTotals implements TotalsService {
  readonly #totals: TotalsService;
  readonly #permissions: PermissionsService;
  readonly #userInfo: UserInfoService;

  constructor(options: {
    totals: TotalsService;
    permissions: PermissionsService;
    userInfo: UserInfoService;
  }) {
    this.#totals = options.totals;
    this.#permissions = options.permissions;
    this.#userInfo = options.userInfo;
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
    const { credentials } = caller;
    await requirePermissions({
      permissions: this.#permissions,
      required: [costsReadPermission],
      credentials,
      purpose: 'read costs',
    });
    const [whole] = await this.#permissions.authorize(
      [{ permission: costsOrganisationReadPermission }],
      { credentials },
    );
    if (whole.result === AuthorizeResult.ALLOW) {
      return this.#totals.totals(query, caller);
    }
    const { ownershipEntityRefs } = await this.#userInfo.getUserInfo(
      credentials,
    );
    return this.#totals.totals(query, caller, ownershipEntityRefs);
  }
}
