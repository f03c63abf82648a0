export { infrastructureModuleCosts as default } from './module';
