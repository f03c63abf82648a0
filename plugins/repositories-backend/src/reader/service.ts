import { createServiceFactory } from '@backstage/backend-plugin-api';
import { urlReaderFactoriesServiceRef } from '@backstage/backend-defaults/urlReader';
import { LocalUrlReader } from './LocalUrlReader';

/** Gives every plugin's URL reader the portal's own repositories. */
export const localUrlReaderServiceFactory = createServiceFactory({
  service: urlReaderFactoriesServiceRef,
  deps: {},
  async factory() {
    return LocalUrlReader.factory;
  },
});
