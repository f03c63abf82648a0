/**
 * Commits manifests to a Git repository that Argo CD or Flux reconciles.
 *
 * @packageDocumentation
 */
export { infrastructureModuleGitops as default } from './module';
