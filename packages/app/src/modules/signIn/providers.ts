import type { Config } from '@backstage/config';

/** What is asked of each provider that the portal knows. */
const scopes = {
  oidc: ['openid', 'profile', 'email'],
  github: ['read:user'],
};

/** The id of a provider, as in `auth.providers`. */
export type ProviderId = keyof typeof scopes;

/** One way to sign in, as the page offers it. */
export type SignInProvider = {
  id: ProviderId;
  title: string;
  scopes: string[];
};

function isKnown(id: string): id is ProviderId {
  return Object.hasOwn(scopes, id);
}

/**
 * Reads the ways to sign in from `waymark.signIn.providers`.
 *
 * @throws Error naming the provider that the portal does not know
 */
export function readSignInProviders(config: Config): SignInProvider[] {
  const providers =
    config.getOptionalConfigArray('waymark.signIn.providers') ?? [];
  return providers.map(provider => {
    const id = provider.getString('id');
    if (!isKnown(id)) {
      throw new Error(
        `waymark.signIn.providers names "${id}", which is none of: ${Object.keys(
          scopes,
        ).join(', ')}`,
      );
    }
    return { id, title: provider.getString('title'), scopes: scopes[id] };
  });
}
