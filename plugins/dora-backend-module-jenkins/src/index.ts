/**
 * Reads what Jenkins says of deployments, changes and incidents.
 *
 * @packageDocumentation
 */
export { doraModuleJenkins as default } from './module';
