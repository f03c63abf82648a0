/**
 * Has what OpenCost says of Kubernetes clusters counted among the costs.
 *
 * @packageDocumentation
 */
export { costsModuleOpencost as default } from './module';
