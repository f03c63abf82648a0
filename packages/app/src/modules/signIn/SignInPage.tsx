import { UserIdentity } from '@backstage/core-components';
import {
  configApiRef,
  githubAuthApiRef,
  useApi,
  useApiHolder,
  type ApiRef,
  type BackstageIdentityApi,
  type ProfileInfoApi,
  type SessionApi,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { oidcAuthApiRef } from './oidcAuth';
import {
  readSignInProviders,
  type ProviderId,
  type SignInProvider,
} from './providers';
import { signInCard, signInPending } from './signInCard';

type SignInApi = ProfileInfoApi & BackstageIdentityApi & SessionApi;

const apiRefs: Record<ProviderId, ApiRef<SignInApi>> = {
  oidc: oidcAuthApiRef,
  github: githubAuthApiRef,
};

type State =
  | { kind: 'checking' }
  | { kind: 'choosing' }
  | { kind: 'failed'; reason: string };

/**
 * Asks people who they are. Somebody who signed in before is let through
 * without a page in between.
 */
export function SignInPage({ onSignInSuccess }: SignInPageProps) {
  const config = useApi(configApiRef);
  const apis = useApiHolder();
  const providers = useMemo(() => readSignInProviders(config), [config]);
  const [state, setState] = useState<State>({ kind: 'checking' });
  const place = useRef<HTMLDivElement>(null);

  const signIn = useCallback(
    async (provider: SignInProvider, options: { optional?: boolean }) => {
      const authApi = apis.get(apiRefs[provider.id]);
      const response = await authApi?.getBackstageIdentity(
        options.optional ? { optional: true } : { instantPopup: true },
      );
      if (!authApi || !response) return false;
      onSignInSuccess(
        UserIdentity.create({
          identity: response.identity,
          profile: await authApi.getProfile(),
          authApi,
        }),
      );
      return true;
    },
    [apis, onSignInSuccess],
  );

  useEffect(() => {
    let current = true;
    const resume = async () => {
      for (const provider of providers) {
        if (await signIn(provider, { optional: true })) return;
      }
      if (current) setState({ kind: 'choosing' });
    };
    // A session that cannot be resumed is no failure: the person signs in again.
    resume().catch(() => current && setState({ kind: 'choosing' }));
    return () => {
      current = false;
    };
  }, [providers, signIn]);

  // The card is plain DOM; the page of strangers shows the same one without React.
  useLayoutEffect(() => {
    place.current?.replaceChildren(
      state.kind === 'checking'
        ? signInPending()
        : signInCard({
            config,
            providers,
            failure: state.kind === 'failed' ? state.reason : undefined,
            onChoose: provider => {
              signIn(provider, {}).catch(error =>
                setState({ kind: 'failed', reason: error.message }),
              );
            },
          }),
    );
  }, [config, providers, signIn, state]);

  return <div ref={place} />;
}
