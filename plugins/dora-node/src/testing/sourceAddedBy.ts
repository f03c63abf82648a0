import type { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import type { DeliverySource } from '../DeliverySource';
import { deliverySourcesExtensionPoint } from '../extensions';

/**
 * Starts a backend with nothing but the module.
 *
 * @param sources - the configuration's `dora.sources`
 * @returns the one source that the module adds
 * @throws Error when it adds none or several, or does not start
 */
export async function sourceAddedBy(
  module: BackendFeature,
  sources: JsonObject = {},
): Promise<DeliverySource> {
  const added: DeliverySource[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        deliverySourcesExtensionPoint,
        { addSource: source => added.push(source) },
      ],
    ],
    features: [
      module,
      mockServices.rootConfig.factory({ data: { dora: { sources } } }),
    ],
  });
  await backend.stop();
  if (added.length !== 1) {
    throw new Error(`The module adds ${added.length} sources`);
  }
  return added[0];
}
