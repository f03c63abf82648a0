/**
 * Delivers secrets to Kubernetes.
 *
 * @packageDocumentation
 */
export { infrastructureModuleKubernetes as default } from './module';
