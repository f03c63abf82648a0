/**
 * Publishes repositories to GitLab.
 *
 * @packageDocumentation
 */
import { createGitHostFactory } from '@waymark/plugin-repositories-node';
import { gitlabDialect } from './gitlabDialect';

/** Lets `waymark.repositories.host` be `gitlab`. */
export default createGitHostFactory('gitlab', gitlabDialect);
