/**
 * The contract of the repositories plugin.
 *
 * @packageDocumentation
 */
export * from './client';
export * from './permissions';
export * from './pages';
