export { databasesOf } from './databasesOf';
export { emptied } from './emptied';
export { until } from './until';
export type { Databases } from './useDatabases';
