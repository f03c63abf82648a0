import '@backstage/cli/asset-types';
import '@backstage/ui/css/styles.css';
import '@fontsource-variable/public-sans/wght.css';
import './modules/theme/tokens.css';
import { applyTheme } from './doorway/applyTheme';
import { openDoorway } from './doorway/openDoorway';
import { readConfig } from './doorway/readConfig';

// What somebody who is not signed in receives: the sign-in page alone. The app
// itself is served only to a session that the backend knows.
applyTheme(window);
openDoorway({
  config: readConfig(document),
  page: new URL(window.location.href),
  root: document.getElementById('root')!,
  leaveTo: url => window.location.assign(url),
});
