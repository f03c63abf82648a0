/**
 * The template step that translates a Jenkinsfile into a workflow of GitHub.
 *
 * @packageDocumentation
 */
export { default } from './module';
