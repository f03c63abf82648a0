import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { secretSinksExtensionPoint } from '@waymark/plugin-infrastructure-node';
import { readClusters } from './config';
import { KubernetesSink } from './KubernetesSink';

/** Adds Kubernetes to the places that keep secrets. */
export const infrastructureModuleKubernetes = createBackendModule({
  pluginId: 'infrastructure',
  moduleId: 'kubernetes',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sinks: secretSinksExtensionPoint,
      },
      async init({ config, sinks }) {
        sinks.addSink(new KubernetesSink(readClusters(config)));
      },
    });
  },
});
