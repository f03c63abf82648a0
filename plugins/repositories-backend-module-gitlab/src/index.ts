/**
 * Publishes repositories to GitLab.
 *
 * @packageDocumentation
 */
export { gitlabHostServiceFactory as default } from './service';
