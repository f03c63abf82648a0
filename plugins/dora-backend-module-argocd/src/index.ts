/**
 * Reads what Argo CD says of deployments, changes and incidents.
 *
 * @packageDocumentation
 */
export { doraModuleArgocd as default } from './module';
