import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { billSourcesExtensionPoint } from '@waymark/plugin-costs-node';
import { readOpencostSettings } from './config';
import { OpencostSource } from './OpencostSource';

/** Adds OpenCost to what bills are fetched from. */
export const costsModuleOpencost = createBackendModule({
  pluginId: 'costs',
  moduleId: 'opencost',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sources: billSourcesExtensionPoint,
      },
      async init({ config, sources }) {
        for (const settings of readOpencostSettings(config)) {
          sources.addSource(new OpencostSource(settings));
        }
      },
    });
  },
});
