import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { BillSource } from './BillSource';

/** Where a module adds a source that bills are fetched from. */
export interface BillSourcesExtensionPoint {
  /** @throws Error when the name is taken */
  addSource(source: BillSource): void;
}

/** {@inheritDoc BillSourcesExtensionPoint} */
export const billSourcesExtensionPoint =
  createExtensionPoint<BillSourcesExtensionPoint>({ id: 'costs.sources' });
