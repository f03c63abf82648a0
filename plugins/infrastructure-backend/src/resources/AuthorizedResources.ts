import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  infrastructureReadPermission,
  infrastructureSecretRevealPermission,
} from '@waymark/plugin-infrastructure-common';
import type { Actors, Caller } from '../requests/people';
import type { RequestStore } from '../requests/RequestStore';
import type { ResourcesService } from './ResourcesService';

/** Shows secrets to the group that owns the resource and to nobody else, whoever keeps the platform included. */
export class AuthorizedResources implements ResourcesService {
  readonly #inner: ResourcesService;
  readonly #permissions: PermissionsService;
  readonly #actors: Actors;
  readonly #requests: RequestStore;

  constructor(options: {
    inner: ResourcesService;
    permissions: PermissionsService;
    actors: Actors;
    requests: RequestStore;
  }) {
    this.#inner = options.inner;
    this.#permissions = options.permissions;
    this.#actors = options.actors;
    this.#requests = options.requests;
  }

  async reveal(resourceId: string, output: string, caller: Caller) {
    await requirePermissions({
      permissions: this.#permissions,
      required: [infrastructureSecretRevealPermission],
      credentials: caller.credentials,
      purpose: 'see secrets',
    });
    const { owner_ref: owner } = await this.#requests.resource(resourceId);
    const { groups } = await this.#actors.of(caller);
    if (!groups.includes(owner)) {
      throw new NotAllowedError(
        `The secrets of this resource are for ${owner} alone`,
      );
    }
    return this.#inner.reveal(resourceId, output, caller);
  }

  async allowances(owner: string, caller: Caller) {
    await requirePermissions({
      permissions: this.#permissions,
      required: [infrastructureReadPermission],
      credentials: caller.credentials,
      purpose: 'read quotas and budgets',
    });
    return this.#inner.allowances(owner, caller);
  }
}
