/**
 * What the test of an adapter needs.
 *
 * @packageDocumentation
 */
export { deliveryOf } from './testing/deliveryOf';
export { assertNeverCrashes } from './testing/assertNeverCrashes';
export { FakeApi, type FakeAnswer } from './testing/FakeApi';
export { sourceAddedBy } from './testing/sourceAddedBy';
