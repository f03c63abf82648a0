/**
 * Serves a plugin's API by the OpenAPI document of its `-common` package.
 *
 * @packageDocumentation
 */
export {
  readContract,
  readContractText,
  type Contract,
  type Operation,
  type Parameter,
  type Reference,
  type Response,
} from './contract';
export { createContractRouter } from './createContractRouter';
export type { EndpointsOf } from './endpoints';
