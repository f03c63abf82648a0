/**
 * Judges requests for infrastructure by the rules in `policies`.
 *
 * @packageDocumentation
 */
export { infrastructureModuleOpa as default } from './module';
