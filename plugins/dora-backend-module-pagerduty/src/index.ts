/**
 * Reads what PagerDuty says of deployments, changes and incidents.
 *
 * @packageDocumentation
 */
export { doraModulePagerduty as default } from './module';
