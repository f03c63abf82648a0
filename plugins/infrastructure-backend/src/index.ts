export { infrastructurePlugin as default } from './plugin';
