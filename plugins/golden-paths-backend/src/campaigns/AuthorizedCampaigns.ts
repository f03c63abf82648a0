import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import {
  goldenPathsCampaignManagePermission,
  goldenPathsFleetReadPermission,
  type CampaignRequest,
  type PageQuery,
} from '@waymark/plugin-golden-paths-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import type { Caller } from '../caller';
import type { Campaigns } from './Campaigns';

/** Lets those see campaigns who may see the fleet, and those run them who may upgrade all of it. */
export class AuthorizedCampaigns implements Campaigns {
  readonly #campaigns: Campaigns;
  readonly #permissions: PermissionsService;

  constructor(campaigns: Campaigns, permissions: PermissionsService) {
    this.#campaigns = campaigns;
    this.#permissions = permissions;
  }

  async start(request: CampaignRequest, caller: Caller) {
    await this.#mayManage(caller);
    return this.#campaigns.start(request, caller);
  }

  async list(query: PageQuery, caller: Caller) {
    await this.#require(
      goldenPathsFleetReadPermission,
      'see campaigns',
      caller,
    );
    return this.#campaigns.list(query, caller);
  }

  async find(id: string, caller: Caller) {
    await this.#require(
      goldenPathsFleetReadPermission,
      'see campaigns',
      caller,
    );
    return this.#campaigns.find(id, caller);
  }

  async pause(id: string, caller: Caller) {
    await this.#mayManage(caller);
    return this.#campaigns.pause(id, caller);
  }

  async resume(id: string, caller: Caller) {
    await this.#mayManage(caller);
    return this.#campaigns.resume(id, caller);
  }

  async cancel(id: string, caller: Caller) {
    await this.#mayManage(caller);
    return this.#campaigns.cancel(id, caller);
  }

  #mayManage(caller: Caller): Promise<void> {
    return this.#require(
      goldenPathsCampaignManagePermission,
      'run campaigns',
      caller,
    );
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
