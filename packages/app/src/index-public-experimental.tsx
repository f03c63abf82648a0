import '@backstage/cli/asset-types';
import '@backstage/ui/css/styles.css';
import { createApp } from '@backstage/frontend-defaults';
import { appModulePublicSignIn } from '@backstage/plugin-app/alpha';
import ReactDOM from 'react-dom/client';
import { signInModule } from './modules/signIn';
import { themeModule } from './modules/theme';

// What somebody who is not signed in receives: the sign-in page alone. The app
// itself is served only to a session that the backend knows.
const app = createApp({
  features: [themeModule, signInModule, appModulePublicSignIn],
});

ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());
