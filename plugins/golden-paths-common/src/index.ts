/**
 * The contract of the golden-paths plugin.
 *
 * @packageDocumentation
 */
export * from './client';
export * from './permissions';
