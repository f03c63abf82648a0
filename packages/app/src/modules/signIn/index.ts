import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { oidcAuthApi } from './oidcAuth';
import { SignInPage } from './SignInPage';

const signInPage = SignInPageBlueprint.make({
  params: {
    // Every visit begins here, and waits: a file of its own would come one round trip later.
    loader: async () => SignInPage,
  },
});

/** How people sign in. */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [oidcAuthApi, signInPage],
});
