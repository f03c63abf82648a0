import { UserIdentity } from '@backstage/core-components';
import {
  configApiRef,
  useApi,
  useApiHolder,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Button } from '@backstage/ui';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Mark } from '../brand/Mark';
import { readSignInProviders, type SignInProvider } from './providers';
import styles from './SignInPage.module.css';

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

  const signIn = useCallback(
    async (provider: SignInProvider, options: { optional?: boolean }) => {
      const authApi = apis.get(provider.apiRef);
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

  if (state.kind === 'checking') {
    return <div className={styles.page} aria-busy="true" />;
  }
  return (
    <div className={styles.page}>
      <main className={styles.card}>
        <Mark className={styles.mark} />
        <h1 className={styles.title}>{config.getString('app.title')}</h1>
        <p className={styles.lead}>
          {config.getOptionalString('waymark.signIn.message') ??
            'Find, create, run and understand software.'}
        </p>
        {state.kind === 'failed' && (
          <p className={styles.failure} role="alert">
            {state.reason}
          </p>
        )}
        <div className={styles.providers}>
          {providers.map(provider => (
            <Button
              key={provider.id}
              size="medium"
              onPress={() =>
                signIn(provider, {}).catch(error =>
                  setState({ kind: 'failed', reason: error.message }),
                )
              }
            >
              Continue with {provider.title}
            </Button>
          ))}
        </div>
      </main>
    </div>
  );
}
