/**
 * Reads what Opsgenie says of deployments, changes and incidents.
 *
 * @packageDocumentation
 */
export { doraModuleOpsgenie as default } from './module';
