/**
 * What the repositories plugin shares with those who use it.
 *
 * @packageDocumentation
 */
export { repositoryPermissions, repositoryReadPermission } from './permissions';
