export { emptied } from './emptied';
export { until } from './until';
export { useDatabases, type Databases } from './useDatabases';
