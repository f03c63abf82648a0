/**
 * The pages of the repositories that the portal keeps itself.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
