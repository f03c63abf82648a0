/**
 * What tests of pages need.
 *
 * @packageDocumentation
 */
export { Address } from './Address';
export { FakeSignals } from './FakeSignals';
