/**
 * Proves in a plugin's tests that it serves what its API document says.
 *
 * @packageDocumentation
 */
export { asDocumented } from './asDocumented';
export { documentedRoutes, servedRoutes } from './routes';
