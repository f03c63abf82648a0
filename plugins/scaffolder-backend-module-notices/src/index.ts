/**
 * Tells a person that what they created is ready, or failed.
 *
 * @packageDocumentation
 */
export { default } from './module';
