import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  goldenPathsExceptionCreatePermission,
  goldenPathsExceptionDecidePermission,
  goldenPathsFleetReadPermission,
  type Exception,
  type ExceptionsQuery,
  type ExceptionVerdict,
  type NewException,
} from '@waymark/plugin-golden-paths-common';
import type { Caller } from '../caller';
import type { Ownership } from '../fleet/Ownership';
import type { Exceptions } from './Exceptions';

/** Everybody who sees the fleet sees exceptions; owners ask for them, the platform team decides. */
export class AuthorizedExceptions implements Exceptions {
  readonly #exceptions: Exceptions;
  readonly #permissions: PermissionsService;
  readonly #ownership: Ownership;

  constructor(options: {
    exceptions: Exceptions;
    permissions: PermissionsService;
    ownership: Ownership;
  }) {
    this.#exceptions = options.exceptions;
    this.#permissions = options.permissions;
    this.#ownership = options.ownership;
  }

  async list(query: ExceptionsQuery, caller: Caller) {
    await this.#require(goldenPathsFleetReadPermission, 'see', caller);
    return this.#exceptions.list(query, caller);
  }

  async find(id: string, caller: Caller) {
    await this.#require(goldenPathsFleetReadPermission, 'see', caller);
    const exception = await this.#exceptions.find(id, caller);
    return { ...exception, mayEnd: await this.#mayEnd(exception, caller) };
  }

  async ask(wanted: NewException, caller: Caller) {
    await this.#require(
      goldenPathsExceptionCreatePermission,
      'ask for',
      caller,
    );
    await this.#ownership.require(wanted.entityRef, caller);
    return this.#exceptions.ask(wanted, caller);
  }

  async decide(id: string, verdict: ExceptionVerdict, caller: Caller) {
    await this.#require(
      goldenPathsExceptionDecidePermission,
      'decide on',
      caller,
    );
    return this.#exceptions.decide(id, verdict, caller);
  }

  async end(id: string, caller: Caller) {
    await this.#require(goldenPathsExceptionCreatePermission, 'end', caller);
    const { entityRef } = await this.#exceptions.find(id, caller);
    await this.#ownership.require(entityRef, caller);
    return this.#exceptions.end(id, caller);
  }

  async #mayEnd({ entityRef, state }: Exception, caller: Caller) {
    return (
      (state === 'pending' || state === 'granted') &&
      (await this.#ownership.allows(entityRef, caller))
    );
  }

  #require(
    permission: BasicPermission,
    verb: string,
    { credentials }: Caller,
  ): Promise<void> {
    return requirePermissions({
      permissions: this.#permissions,
      required: [permission],
      credentials,
      purpose: `${verb} exceptions from golden paths`,
    });
  }
}
