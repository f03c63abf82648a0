/**
 * The backend of the golden-paths plugin.
 *
 * @packageDocumentation
 */
export { goldenPathsPlugin as default } from './plugin';
