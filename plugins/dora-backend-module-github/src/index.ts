/**
 * Reads what GitHub says of deployments, changes and incidents.
 *
 * @packageDocumentation
 */
export { doraModuleGithub as default } from './module';
