/**
 * Publishes repositories to GitHub.
 *
 * @packageDocumentation
 */
export { githubHostServiceFactory as default } from './service';
