/**
 * The frontend of the infrastructure plugin: pages and cards.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
