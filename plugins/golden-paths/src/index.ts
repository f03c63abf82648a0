/**
 * The frontend of the golden-paths plugin: fields for the forms of templates,
 * and pages on what was made of them. Other pages may ask what it knows, and
 * say of a template that it is deprecated.
 *
 * @packageDocumentation
 */
export { fleetApiRef, type FleetApi } from './api/FleetApi';
export { default } from './plugin';
export { DeprecationNotice } from './template/DeprecationNotice';
