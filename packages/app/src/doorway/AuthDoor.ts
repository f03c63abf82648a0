import type { Config } from '@backstage/config';
import type { SignInProvider } from '../modules/signIn/providers';

/** The auth backend, as a page needs it that knows nobody yet. */
export class AuthDoor {
  readonly #base: string;
  readonly #environment: string;

  /**
   * @param origin - where the page came from: cookies belong to that name,
   *   whichever of its names the configuration gives the portal
   */
  constructor(config: Config, origin: string) {
    const { pathname } = new URL(config.getString('backend.baseUrl'));
    this.#base = `${origin}${pathname.replace(/\/$/, '')}/api/auth`;
    this.#environment =
      config.getOptionalString('auth.environment') ?? 'development';
  }

  /** Where to go to sign in and come back to the page. */
  startUrl(provider: SignInProvider, page: URL): string {
    const back = new URL(page);
    // Why the last attempt failed is not to be told again after the next.
    back.searchParams.delete('error');
    return this.#url(provider, 'start', {
      origin: back.origin,
      redirectUrl: back.href,
      flow: 'redirect',
    });
  }

  /** The token of somebody whose session still holds; nothing for a stranger. */
  async resume(provider: SignInProvider): Promise<string | undefined> {
    const response = await fetch(
      this.#url(provider, 'refresh', { optional: '' }),
      { headers: { 'x-requested-with': 'XMLHttpRequest' } },
    );
    if (!response.ok) return undefined;
    const session: { backstageIdentity?: { token: string } } =
      await response.json();
    return session.backstageIdentity?.token;
  }

  #url(
    provider: SignInProvider,
    step: 'start' | 'refresh',
    query: Record<string, string>,
  ): string {
    const parameters = new URLSearchParams({
      scope: provider.scopes.join(' '),
      ...query,
      env: this.#environment,
    });
    return `${this.#base}/${provider.id}/${step}?${parameters}`;
  }
}
