/**
 * The frontend of the golden-paths plugin: fields for the forms of templates,
 * and pages on what was made of them.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
