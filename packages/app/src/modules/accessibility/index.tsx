import {
  AppRootElementBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { Mender } from './Mender';

const mender = AppRootElementBlueprint.make({
  name: 'accessibility-mender',
  params: { element: <Mender /> },
});

/** Makes upstream's pages as usable as ours. */
export const accessibilityModule = createFrontendModule({
  pluginId: 'app',
  extensions: [mender],
});
