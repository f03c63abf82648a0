/**
 * The frontend of the dora plugin: pages, an entity tab and cards.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
