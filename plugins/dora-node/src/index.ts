/**
 * What an adapter to a delivery system needs: the facts it reports, how a
 * delivery proves its sender, and the extension point it joins.
 *
 * @packageDocumentation
 */
export type {
  ChangeFact,
  DeploymentFact,
  Fact,
  IncidentFact,
  ServiceHint,
} from './facts';
export type { Delivery, DeliverySource, Reading } from './DeliverySource';
export {
  deliverySourcesExtensionPoint,
  type DeliverySourcesExtensionPoint,
} from './extensions';
export { requireHmacSha256, sameSecret } from './signatures';
