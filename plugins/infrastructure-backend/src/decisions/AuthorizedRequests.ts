import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  infrastructureReadPermission,
  infrastructureRequestCreatePermission,
  infrastructureRequestDecidePermission,
  infrastructureRequestManagePermission,
  infrastructureResourceImportPermission,
  type NewApproval,
  type NewRequest,
  type Wish,
} from '@waymark/plugin-infrastructure-common';
import type { DelegationStore } from '../requests/DelegationStore';
import type { Actors, Caller } from '../requests/people';
import type { RequestStore } from '../requests/RequestStore';
import type { RequestsService } from './RequestsService';

/**
 * Lets people ask for what their own groups are to own, and change what they
 * own. Who may manage requests may do it for every group.
 */
export class AuthorizedRequests implements RequestsService {
  readonly #inner: RequestsService;
  readonly #permissions: PermissionsService;
  readonly #actors: Actors;
  readonly #delegations: DelegationStore;
  readonly #requests: RequestStore;

  constructor(options: {
    inner: RequestsService;
    permissions: PermissionsService;
    actors: Actors;
    delegations: DelegationStore;
    requests: RequestStore;
  }) {
    this.#inner = options.inner;
    this.#permissions = options.permissions;
    this.#actors = options.actors;
    this.#delegations = options.delegations;
    this.#requests = options.requests;
  }

  async preview(offering: string, wish: Wish, caller: Caller) {
    await this.#require(infrastructureReadPermission, 'read offerings', caller);
    const forecast = await this.#inner.preview(offering, wish, caller);
    const owner = await this.#ownerOf(wish);
    const { problems } = forecast;
    if (
      !owner ||
      problems.some(({ field }) => field === 'owner') ||
      (await this.#mayFor(owner, caller))
    ) {
      return forecast;
    }
    // Sent, it would be refused, whatever else there is to say of it.
    const message = `${owner} is not one of your groups, and you may ask for those alone`;
    return { problems: [...problems, { field: 'owner', message }] };
  }

  async draft(offering: string, caller: Caller) {
    await this.#requireAsking(caller);
    return this.#inner.draft(offering, caller);
  }

  async putDraft(offering: string, wish: Wish, caller: Caller) {
    await this.#requireAsking(caller);
    return this.#inner.putDraft(offering, wish, caller);
  }

  async removeDraft(offering: string, caller: Caller) {
    await this.#requireAsking(caller);
    return this.#inner.removeDraft(offering, caller);
  }

  async create(wanted: NewRequest, caller: Caller) {
    await this.#requireAsking(caller);
    // What stands there already may be anybody's, whatever the caller says.
    if (wanted.kind === 'import') {
      await this.#require(
        infrastructureResourceImportPermission,
        'take over what was made elsewhere',
        caller,
      );
      return this.#inner.create(wanted, caller);
    }
    const owner = await this.#ownerOf(
      wanted.kind === 'create' ? { owner: wanted.owner } : wanted,
    );
    if (owner) await this.#requireOwner(owner, caller);
    return this.#inner.create(wanted, caller);
  }

  async decide(id: string, said: NewApproval, caller: Caller) {
    // Who stands in for an approver needs no role of their own; the decision says for whom it counts.
    const { ref } = await this.#actors.of(caller);
    const delegators = await this.#delegations.delegatorsOf(ref);
    await this.#require(
      delegators.length > 0
        ? infrastructureReadPermission
        : infrastructureRequestDecidePermission,
      'approve requests',
      caller,
    );
    return this.#inner.decide(id, said, caller);
  }

  async comment(id: string, text: string, caller: Caller) {
    await this.#require(infrastructureReadPermission, 'read requests', caller);
    return this.#inner.comment(id, text, caller);
  }

  async cancel(id: string, caller: Caller) {
    await this.#requireOwnRequest(id, caller);
    return this.#inner.cancel(id, caller);
  }

  async retry(id: string, caller: Caller) {
    await this.#requireOwnRequest(id, caller);
    return this.#inner.retry(id, caller);
  }

  async #requireOwnRequest(id: string, caller: Caller) {
    await this.#requireAsking(caller);
    const { resource } = await this.#requests.order(id);
    await this.#requireOwner(resource.owner_ref, caller);
  }

  async #requireAsking(caller: Caller) {
    await this.#require(
      infrastructureRequestCreatePermission,
      'ask for infrastructure',
      caller,
    );
  }

  /** Whose groups may ask for it: of what there is, the owner until now. */
  async #ownerOf({ owner, resourceId }: Pick<Wish, 'owner' | 'resourceId'>) {
    if (!resourceId) return owner;
    return (await this.#requests.resource(resourceId)).owner_ref;
  }

  async #requireOwner(owner: string, caller: Caller) {
    if (await this.#mayFor(owner, caller)) return;
    throw new NotAllowedError(
      `You may do this for your own groups; ${owner} is not one of them`,
    );
  }

  async #mayFor(owner: string, caller: Caller): Promise<boolean> {
    const { groups } = await this.#actors.of(caller);
    if (groups.includes(owner)) return true;
    const [manager] = await this.#permissions.authorize(
      [{ permission: infrastructureRequestManagePermission }],
      caller,
    );
    return manager.result === AuthorizeResult.ALLOW;
  }

  async #require(
    permission: BasicPermission,
    purpose: string,
    { credentials }: Caller,
  ) {
    await requirePermissions({
      permissions: this.#permissions,
      required: [permission],
      credentials,
      purpose,
    });
  }
}
