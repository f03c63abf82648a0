import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { AuthenticationError } from '@backstage/errors';
import type { LocalRepositories } from '@waymark/plugin-repositories-node';
import type { AuthorizedRepositories } from '../reads/AuthorizedRepositories';

/**
 * The token of an `Authorization` header. Git sends what a person types as
 * Basic: any user name, and the token as the password.
 */
export function tokenOf(authorization: string | undefined): string | undefined {
  const [, scheme, value] =
    /^(basic|bearer)\s+(\S+)$/i.exec(authorization?.trim() ?? '') ?? [];
  if (scheme?.toLocaleLowerCase('en-US') !== 'basic') return value;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1) || undefined;
}

/** Decides who may clone, and says where from. */
export class CloneAccess {
  readonly #anonymous: boolean;
  readonly #auth: AuthService;
  readonly #repositories: LocalRepositories;
  readonly #authorized: AuthorizedRepositories;

  constructor(options: {
    /** Whether a request without a token may clone. */
    anonymous: boolean;
    auth: AuthService;
    repositories: LocalRepositories;
    authorized: AuthorizedRepositories;
  }) {
    this.#anonymous = options.anonymous;
    this.#auth = options.auth;
    this.#repositories = options.repositories;
    this.#authorized = options.authorized;
  }

  /**
   * The folder to clone from.
   *
   * @throws AuthenticationError, NotAllowedError, NotFoundError
   */
  async placeOf(
    name: string,
    authorization: string | undefined,
  ): Promise<string> {
    if (authorization === undefined && this.#anonymous) {
      return this.#repositories.placeOf(name);
    }
    const credentials = await this.#authenticate(tokenOf(authorization));
    return this.#authorized.placeOf(name, { credentials });
  }

  async #authenticate(
    token: string | undefined,
  ): Promise<BackstageCredentials> {
    const credentials = token
      ? await this.#auth.authenticate(token)
      : undefined;
    if (!credentials || this.#auth.isPrincipal(credentials, 'none')) {
      throw new AuthenticationError(
        'Cloning takes a token of this portal: give it as the password, with any user name',
      );
    }
    return credentials;
  }
}
