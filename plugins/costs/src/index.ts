/**
 * The frontend of the costs plugin: pages, an entity tab and cards.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
