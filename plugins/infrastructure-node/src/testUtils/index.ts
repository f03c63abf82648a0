/**
 * Stands in for servers that engines and sinks speak to.
 *
 * @packageDocumentation
 */
export { FakeServer, type Answer, type Asked } from './FakeServer';
