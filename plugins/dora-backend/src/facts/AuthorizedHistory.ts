import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  doraCorrectionCreatePermission,
  doraFactsCreatePermission,
  doraMetricsReadPermission,
} from '@waymark/plugin-dora-common';
import type { HistoryService } from './HistoryService';

type Caller = { credentials: BackstageCredentials };

/** Lets histories be brought by who may hand in facts of anything, and by the owners of the component. */
export class AuthorizedHistory implements HistoryService {
  readonly #history: HistoryService;
  readonly #permissions: PermissionsService;
  readonly #requireOwner: (entityRef: string, caller: Caller) => Promise<void>;

  /** @param options.requireOwner - throws NotAllowedError when the component is another team's */
  constructor(options: {
    history: HistoryService;
    permissions: PermissionsService;
    requireOwner: (entityRef: string, caller: Caller) => Promise<void>;
  }) {
    this.#history = options.history;
    this.#permissions = options.permissions;
    this.#requireOwner = options.requireOwner;
  }

  async order(order: Parameters<HistoryService['order']>[0], caller: Caller) {
    await this.#mayBring(order.entityRef, caller);
    return this.#history.order(order, caller);
  }

  async find(id: string, caller: Caller) {
    await this.#require(doraMetricsReadPermission, 'read histories', caller);
    return this.#history.find(id, caller);
  }

  async takeLog(
    log: AsyncIterable<Buffer>,
    about: Parameters<HistoryService['takeLog']>[1],
    caller: Caller,
  ) {
    await this.#mayBring(about.entityRef, caller);
    return this.#history.takeLog(log, about, caller);
  }

  async #mayBring(entityRef: string, caller: Caller): Promise<void> {
    const [anything] = await this.#permissions.authorize(
      [{ permission: doraFactsCreatePermission }],
      caller,
    );
    if (anything.result === AuthorizeResult.ALLOW) return;
    await this.#require(
      doraCorrectionCreatePermission,
      'bring the history of a component',
      caller,
    );
    await this.#requireOwner(entityRef, caller);
  }

  async #require(
    permission: typeof doraFactsCreatePermission,
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
