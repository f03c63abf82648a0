import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { oidcAuthenticator } from '@backstage/plugin-auth-backend-module-oidc-provider';
import { createOAuthAuthenticator } from '@backstage/plugin-auth-node';

type Context = ReturnType<typeof oidcAuthenticator.initialize>;

/** The issuer as upstream found it; looked for again when it was not there. */
export class IssuerDiscovery {
  readonly #discover: () => Context;
  readonly #logger: LoggerService;
  #found: Promise<Context>;
  #failed = false;

  constructor(discover: () => Context, logger: LoggerService) {
    this.#discover = discover;
    this.#logger = logger;
    this.#found = this.#look();
    // Nobody has asked yet: the log says it, and who asks tries again.
    this.#found.catch(() => undefined);
  }

  /**
   * The issuer's context. Those who ask at the same time share one attempt.
   *
   * @throws ServiceUnavailableError when the issuer does not answer
   */
  found(): Promise<Context> {
    if (this.#failed) this.#found = this.#look();
    return this.#found;
  }

  #look(): Promise<Context> {
    this.#failed = false;
    // Settings that cannot be right end the start here.
    const context = this.#discover();
    return context.promise.then(
      () => context,
      error => {
        this.#failed = true;
        this.#logger.warn(
          `The identity issuer (auth.providers.oidc) does not answer, so nobody can sign in with it. It is asked again with the next sign-in: ${error}`,
        );
        throw new ServiceUnavailableError(
          'The identity issuer does not answer, so nobody can sign in just now. Try again in a few seconds',
        );
      },
    );
  }
}

/**
 * Upstream's OpenID Connect authenticator, which looks for the issuer once, when
 * the portal starts. This one looks again as long as it was not found.
 */
export function createPatientOidcAuthenticator(logger: LoggerService) {
  return createOAuthAuthenticator({
    defaultProfileTransform: oidcAuthenticator.defaultProfileTransform,
    scopes: oidcAuthenticator.scopes,
    initialize: input =>
      new IssuerDiscovery(() => oidcAuthenticator.initialize(input), logger),
    start: async (input, issuer) =>
      oidcAuthenticator.start(input, await issuer.found()),
    authenticate: async (input, issuer) =>
      oidcAuthenticator.authenticate(input, await issuer.found()),
    refresh: async (input, issuer) =>
      oidcAuthenticator.refresh(input, await issuer.found()),
    logout: async (input, issuer) =>
      oidcAuthenticator.logout?.(input, await issuer.found()),
  });
}
