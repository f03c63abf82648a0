/**
 * How services ask whether a caller may do something, and who that is.
 *
 * @packageDocumentation
 */
export { callerName } from './callerName';
export { groupsOf } from './groupsOf';
export { Memory } from './Memory';
export { RememberedPeople } from './RememberedPeople';
export { requirePermissions } from './requirePermissions';
