import {
  FetchUrlReader,
  urlReaderFactoriesServiceRef,
} from '@backstage/backend-defaults/urlReader';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { readLocationSettings } from './settings';

/**
 * Reads from the plain web servers among the allowed hosts, and from no other:
 * upstream's reader asks the same list again at every redirect.
 */
export const allowedUrlReader = createServiceFactory({
  service: urlReaderFactoriesServiceRef,
  deps: {},
  async factory() {
    return options => {
      const { plainHosts } = readLocationSettings(options.config);
      return FetchUrlReader.factory({
        ...options,
        config: new ConfigReader({
          backend: { reading: { allow: plainHosts.map(host => ({ host })) } },
        }),
      });
    };
  },
});
