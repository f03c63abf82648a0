/**
 * Reads what CDEvents says of deployments, changes and incidents.
 *
 * @packageDocumentation
 */
export { doraModuleCdevents as default } from './module';
