/**
 * The contract of the dora plugin.
 *
 * @packageDocumentation
 */
export * from './client';
export * from './permissions';
