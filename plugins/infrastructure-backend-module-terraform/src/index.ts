/**
 * Provisions with Terraform or OpenTofu.
 *
 * @packageDocumentation
 */
export { infrastructureModuleTerraform as default } from './module';
