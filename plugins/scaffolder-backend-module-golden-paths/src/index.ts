/**
 * The template step that renders a golden path.
 *
 * @packageDocumentation
 */

export { default } from './module';
