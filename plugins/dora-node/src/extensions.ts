import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { DeliverySource } from './DeliverySource';

/** Where a module adds a system that deliveries come from. */
export interface DeliverySourcesExtensionPoint {
  /** @throws Error when the id is taken */
  addSource(source: DeliverySource): void;
}

/** {@inheritDoc DeliverySourcesExtensionPoint} */
export const deliverySourcesExtensionPoint =
  createExtensionPoint<DeliverySourcesExtensionPoint>({ id: 'dora.sources' });
