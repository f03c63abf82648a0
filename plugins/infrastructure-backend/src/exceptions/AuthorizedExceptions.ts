import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  infrastructureExceptionCreatePermission,
  infrastructureExceptionDecidePermission,
  infrastructureReadPermission,
  type ExceptionsQuery,
  type ExceptionVerdict,
  type NewException,
} from '@waymark/plugin-infrastructure-common';
import type { Actors, Caller } from '../requests/people';
import type { RequestStore } from '../requests/RequestStore';
import type { ExceptionsService } from './ExceptionsService';

/** Everybody who may read sees exceptions; who owns what they are for asks for them. */
export class AuthorizedExceptions implements ExceptionsService {
  readonly #inner: ExceptionsService;
  readonly #permissions: PermissionsService;
  readonly #actors: Actors;
  readonly #requests: RequestStore;

  constructor(options: {
    inner: ExceptionsService;
    permissions: PermissionsService;
    actors: Actors;
    requests: RequestStore;
  }) {
    this.#inner = options.inner;
    this.#permissions = options.permissions;
    this.#actors = options.actors;
    this.#requests = options.requests;
  }

  async list(query: ExceptionsQuery, caller: Caller) {
    await this.#require(infrastructureReadPermission, 'read', caller);
    return this.#inner.list(query, caller);
  }

  async get(id: string, caller: Caller) {
    await this.#require(infrastructureReadPermission, 'read', caller);
    return this.#inner.get(id, caller);
  }

  async deciders(caller: Caller) {
    await this.#require(infrastructureReadPermission, 'read', caller);
    return this.#inner.deciders(caller);
  }

  async ask(wanted: NewException, caller: Caller) {
    await this.#require(
      infrastructureExceptionCreatePermission,
      'ask for',
      caller,
    );
    const owner = await this.#ownerOf(wanted);
    const { groups } = await this.#actors.of(caller);
    if (owner && !groups.includes(owner)) {
      throw new NotAllowedError(
        `Exceptions are asked for by the owner, ${owner}`,
      );
    }
    return this.#inner.ask(wanted, caller);
  }

  async decide(id: string, said: ExceptionVerdict, caller: Caller) {
    await this.#require(
      infrastructureExceptionDecidePermission,
      'decide on',
      caller,
    );
    return this.#inner.decide(id, said, caller);
  }

  async end(id: string, caller: Caller) {
    await this.#require(infrastructureExceptionCreatePermission, 'end', caller);
    return this.#inner.end(id, caller);
  }

  async #ownerOf({ request, resource }: NewException) {
    if (request)
      return (await this.#requests.order(request)).resource.owner_ref;
    if (resource) return (await this.#requests.resource(resource)).owner_ref;
    return undefined;
  }

  async #require(
    permission: BasicPermission,
    verb: string,
    { credentials }: Caller,
  ) {
    await requirePermissions({
      permissions: this.#permissions,
      required: [permission],
      credentials,
      purpose: `${verb} exceptions`,
    });
  }
}
