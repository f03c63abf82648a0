/**
 * Reads what Jira Service Management says of deployments, changes and incidents.
 *
 * @packageDocumentation
 */
export { doraModuleJira as default } from './module';
