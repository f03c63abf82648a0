/**
 * What the test of an adapter needs.
 *
 * @packageDocumentation
 */
export { deliveryOf } from './testing/deliveryOf';
export { expectNeverCrashes } from './testing/expectNeverCrashes';
export { sourceAddedBy } from './testing/sourceAddedBy';
