/**
 * Publishes repositories to GitHub.
 *
 * @packageDocumentation
 */
import { createGitHostFactory } from '@waymark/plugin-repositories-node';
import { githubDialect } from './githubDialect';

/** Lets `waymark.repositories.host` be `github`. */
export default createGitHostFactory('github', githubDialect);
