/**
 * The contract of the dora plugin, and how its numbers are put into words.
 *
 * @packageDocumentation
 */
export * from './client';
export * from './deploymentName';
export * from './permissions';
export * from './numbers';
export * from './titles';
