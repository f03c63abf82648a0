/**
 * Reads what GitLab says of deployments, changes and incidents.
 *
 * @packageDocumentation
 */
export { doraModuleGitlab as default } from './module';
