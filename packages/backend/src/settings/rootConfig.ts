import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader, type Config } from '@backstage/config';
import { ConfigSources } from '@backstage/config-loader';
import type { JsonObject } from '@backstage/types';
import { withoutEmptySections } from './optionalSections';

/** Reads the configuration that the command line and the environment name. */
export async function readRootConfig(): Promise<Config> {
  const config = await ConfigSources.toConfig(
    ConfigSources.default({ watch: false }),
  );
  const data = config.get<JsonObject>();
  config.close();
  return new ConfigReader(withoutEmptySections(data));
}

/** The configuration of a production portal, read once: it changes by a new start. */
export const portalRootConfigFactory = createServiceFactory({
  service: coreServices.rootConfig,
  deps: {},
  factory: readRootConfig,
});
