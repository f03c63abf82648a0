/**
 * How services ask whether a caller may do something.
 *
 * @packageDocumentation
 */
export { requirePermissions } from './requirePermissions';
