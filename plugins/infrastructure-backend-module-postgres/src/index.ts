/**
 * Provisions databases, roles and grants on shared PostgreSQL servers.
 *
 * @packageDocumentation
 */
export { infrastructureModulePostgres as default } from './module';
