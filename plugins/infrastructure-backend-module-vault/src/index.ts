/**
 * Delivers secrets to HashiCorp Vault or OpenBao.
 *
 * @packageDocumentation
 */
export { infrastructureModuleVault as default } from './module';
