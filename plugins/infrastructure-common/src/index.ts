/**
 * The contract of the infrastructure plugin.
 *
 * @packageDocumentation
 */
export * from './annotation';
export * from './auditActions';
export * from './client';
export * from './lifecycle';
export * from './onCall';
export * from './permissions';
export * from './references';
