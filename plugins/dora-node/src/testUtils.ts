/**
 * What the test of an adapter needs.
 *
 * @packageDocumentation
 */
export { deliveryOf } from './testing/deliveryOf';
export { assertNeverCrashes } from './testing/assertNeverCrashes';
export { sourceAddedBy } from './testing/sourceAddedBy';
