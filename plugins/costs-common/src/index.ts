/**
 * The contract of the costs plugin, and the columns of FOCUS.
 *
 * @packageDocumentation
 */
export * from './client';
export * from './focus';
export * from './permissions';
