import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  doraFactsCreatePermission,
  doraInboxManagePermission,
  doraMetricsReadPermission,
} from '@waymark/plugin-dora-common';
import type { IntakeService } from './IntakeService';

type Caller = { credentials: BackstageCredentials };

/** Lets only those hand facts in who may, and only those look into deliveries who keep the intake. */
export class AuthorizedIntake implements IntakeService {
  readonly #intake: IntakeService;
  readonly #permissions: PermissionsService;

  constructor(intake: IntakeService, permissions: PermissionsService) {
    this.#intake = intake;
    this.#permissions = permissions;
  }

  async importFacts(lines: AsyncIterable<Buffer>, caller: Caller) {
    await this.#require(doraFactsCreatePermission, 'import deliveries', caller);
    return this.#intake.importFacts(lines, caller);
  }

  async deliveries(
    query: Parameters<IntakeService['deliveries']>[0],
    caller: Caller,
  ) {
    await this.#require(doraInboxManagePermission, 'read deliveries', caller);
    return this.#intake.deliveries(query, caller);
  }

  async delivery(id: string, caller: Caller) {
    await this.#require(doraInboxManagePermission, 'read deliveries', caller);
    return this.#intake.delivery(id, caller);
  }

  async replay(id: string, caller: Caller) {
    await this.#require(doraInboxManagePermission, 'replay deliveries', caller);
    return this.#intake.replay(id, caller);
  }

  async replayAll(
    which: Parameters<IntakeService['replayAll']>[0],
    caller: Caller,
  ) {
    await this.#require(doraInboxManagePermission, 'replay deliveries', caller);
    return this.#intake.replayAll(which, caller);
  }

  async unmatched(
    query: Parameters<IntakeService['unmatched']>[0],
    caller: Caller,
  ) {
    await this.#require(doraInboxManagePermission, 'read deliveries', caller);
    return this.#intake.unmatched(query, caller);
  }

  async status(caller: Caller) {
    await this.#require(doraMetricsReadPermission, 'read metrics', caller);
    return this.#intake.status(caller);
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
