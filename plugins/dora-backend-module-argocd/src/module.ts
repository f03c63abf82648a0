import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliverySourcesExtensionPoint } from '@waymark/plugin-dora-node';
import { readArgocdSettings } from './config';
import { ArgocdSource } from './ArgocdSource';

/** Adds Argo CD to the systems that deliveries come from. */
export const doraModuleArgocd = createBackendModule({
  pluginId: 'dora',
  moduleId: 'argocd',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sources: deliverySourcesExtensionPoint,
      },
      async init({ config, sources }) {
        sources.addSource(new ArgocdSource(readArgocdSettings(config)));
      },
    });
  },
});
