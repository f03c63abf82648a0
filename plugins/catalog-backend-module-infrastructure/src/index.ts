export { infrastructureResources as default } from './module';
