/**
 * Template steps that publish a repository and take it back.
 *
 * @packageDocumentation
 */
export { default } from './module';
