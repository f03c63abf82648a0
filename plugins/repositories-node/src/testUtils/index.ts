/**
 * What every repository host must do, as tests, and a Git server to try them on.
 *
 * @packageDocumentation
 */
export {
  newRepository,
  repositoryHostPromises,
  type HostUnderTest,
} from './repositoryHostPromises';
export { FakeGitHost, type ApiRequest } from './FakeGitHost';
export { openGitHost } from './openGitHost';
