/**
 * The frontend of the golden-paths plugin: fields for the forms of templates.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
