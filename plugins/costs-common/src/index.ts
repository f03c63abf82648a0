/**
 * The contract of the costs plugin, the columns of FOCUS, and exact numbers.
 *
 * @packageDocumentation
 */
export * from './client';
export * from './decimal';
export * from './filter';
export * from './focus';
export * from './permissions';
