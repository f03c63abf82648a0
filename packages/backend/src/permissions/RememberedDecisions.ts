import type {
  AuthService,
  PermissionsService,
  PermissionsServiceRequestOptions,
} from '@backstage/backend-plugin-api';
import {
  isResourcePermission,
  type AuthorizePermissionRequest,
  type AuthorizePermissionResponse,
  type Permission,
  type QueryPermissionRequest,
  type QueryPermissionResponse,
} from '@backstage/plugin-permission-common';
import { Memory } from '@waymark/plugin-authorization-node';

/**
 * Keeps for ten seconds what the policy said about a person and a permission.
 * Each answer costs a request to the permission plugin, which asks the auth
 * plugin in turn; a page asks the same a dozen times. Only what depends on
 * nothing else is kept: decisions about a single resource are made each time,
 * and the conditions of a decision are applied each time.
 */
export class RememberedDecisions implements PermissionsService {
  readonly #auth: AuthService;
  readonly #permissions: PermissionsService;
  readonly #definite = new Memory<AuthorizePermissionResponse>();
  readonly #conditional = new Memory<QueryPermissionResponse>();

  constructor(options: { auth: AuthService; permissions: PermissionsService }) {
    this.#auth = options.auth;
    this.#permissions = options.permissions;
  }

  async authorize(
    requests: AuthorizePermissionRequest[],
    options: PermissionsServiceRequestOptions,
  ): Promise<AuthorizePermissionResponse[]> {
    const person = this.#person(options);
    const known = requests.every(
      ({ permission }) => !isResourcePermission(permission),
    );
    if (!person || !known) {
      return this.#permissions.authorize(requests, options);
    }
    return Promise.all(
      requests.map(request =>
        this.#definite.ask(keyOf(person, request.permission), () =>
          this.#permissions
            .authorize([request], options)
            .then(([decision]) => decision),
        ),
      ),
    );
  }

  async authorizeConditional(
    requests: QueryPermissionRequest[],
    options: PermissionsServiceRequestOptions,
  ): Promise<QueryPermissionResponse[]> {
    const person = this.#person(options);
    if (!person) {
      return this.#permissions.authorizeConditional(requests, options);
    }
    return Promise.all(
      requests.map(request =>
        this.#conditional.ask(keyOf(person, request.permission), () =>
          this.#permissions
            .authorizeConditional([request], options)
            .then(([decision]) => decision),
        ),
      ),
    );
  }

  /** Services are decided about at once, by what stands beside their token. */
  #person({
    credentials,
  }: PermissionsServiceRequestOptions): string | undefined {
    return this.#auth.isPrincipal(credentials, 'user')
      ? credentials.principal.userEntityRef
      : undefined;
  }
}

function keyOf(person: string, permission: Permission): string {
  return `${person} ${JSON.stringify(permission)}`;
}
