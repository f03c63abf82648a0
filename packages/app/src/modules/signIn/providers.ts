import {
  githubAuthApiRef,
  type ApiRef,
  type BackstageIdentityApi,
  type ConfigApi,
  type ProfileInfoApi,
  type SessionApi,
} from '@backstage/frontend-plugin-api';
import { oidcAuthApiRef } from './oidcAuth';

type SignInApi = ProfileInfoApi & BackstageIdentityApi & SessionApi;

/** One way to sign in, as the page offers it. */
export type SignInProvider = {
  id: string;
  title: string;
  apiRef: ApiRef<SignInApi>;
};

const apiRefs: Record<string, ApiRef<SignInApi>> = {
  oidc: oidcAuthApiRef,
  github: githubAuthApiRef,
};

/**
 * Reads the ways to sign in from `waymark.signIn.providers`.
 *
 * @throws Error naming the provider that the portal does not know
 */
export function readSignInProviders(config: ConfigApi): SignInProvider[] {
  const providers =
    config.getOptionalConfigArray('waymark.signIn.providers') ?? [];
  return providers.map(provider => {
    const id = provider.getString('id');
    const apiRef = apiRefs[id];
    if (!apiRef) {
      throw new Error(
        `waymark.signIn.providers names "${id}", which is none of: ${Object.keys(
          apiRefs,
        ).join(', ')}`,
      );
    }
    return { id, title: provider.getString('title'), apiRef };
  });
}
