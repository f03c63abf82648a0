import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  doraFactsCreatePermission,
  doraInboxManagePermission,
  type BackfillOrder,
} from '@waymark/plugin-dora-common';
import type { BackfillService } from './BackfillService';

type Caller = { credentials: BackstageCredentials };

/** Lets those begin and end backfills who may hand facts in, and those watch them who keep the intake. */
export class AuthorizedBackfills implements BackfillService {
  readonly #backfills: BackfillService;
  readonly #permissions: PermissionsService;

  constructor(backfills: BackfillService, permissions: PermissionsService) {
    this.#backfills = backfills;
    this.#permissions = permissions;
  }

  async start(order: BackfillOrder, caller: Caller) {
    await this.#require(doraFactsCreatePermission, 'begin a backfill', caller);
    return this.#backfills.start(order, caller);
  }

  async list(query: Parameters<BackfillService['list']>[0], caller: Caller) {
    await this.#require(doraInboxManagePermission, 'read backfills', caller);
    return this.#backfills.list(query, caller);
  }

  async find(id: string, caller: Caller) {
    await this.#require(doraInboxManagePermission, 'read backfills', caller);
    return this.#backfills.find(id, caller);
  }

  async cancel(id: string, caller: Caller) {
    await this.#require(doraFactsCreatePermission, 'cancel a backfill', caller);
    return this.#backfills.cancel(id, caller);
  }

  async resume(id: string, caller: Caller) {
    await this.#require(doraFactsCreatePermission, 'resume a backfill', caller);
    return this.#backfills.resume(id, caller);
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
