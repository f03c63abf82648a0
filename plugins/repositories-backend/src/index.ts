/**
 * Serves the repositories that the portal keeps itself: to Git, to programs,
 * and to the portal's own readers.
 *
 * @packageDocumentation
 */
import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { repositoriesPlugin } from './plugin';
import { localUrlReaderServiceFactory } from './reader/service';

export default createBackendFeatureLoader({
  loader: () => [repositoriesPlugin, localUrlReaderServiceFactory],
});
