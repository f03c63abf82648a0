/**
 * Where the portal puts new repositories: one interface over every Git host,
 * and the host that keeps them in a folder of the portal itself.
 *
 * @packageDocumentation
 */
export type {
  Author,
  BranchMove,
  Checks,
  ChecksState,
  GreenMerge,
  MergeProposal,
  PublishedRepository,
  PublishRequest,
  RepositoryHost,
  WorkingCopy,
} from './RepositoryHost';
export {
  makeCommit,
  modesOf,
  readFiles,
  treeOf,
  type FileChange,
  type NewCommit,
} from './objects';
export { readDefaultAuthor } from './defaultAuthor';
export {
  claimOf,
  findDescription,
  openRepositoryOf,
  type CatalogClaim,
  type OwnRepository,
} from './proposals/catalogFile';
export { openOwnedRepository } from './proposals/openOwnedRepository';
export { proposeFiles, type FilesProposal } from './proposals/proposeFiles';
export { settleBranch } from './proposals/settleBranch';
export { repositoryNameProblem, requireRepositoryName } from './repositoryName';
export { repositoryOf } from './repositoryOf';
export {
  readRepositorySettings,
  type LocalSettings,
  type RemoteSettings,
  type RepositorySettings,
} from './settings';
export {
  repositoryHostAdaptersServiceRef,
  repositoryHostServiceRef,
  type RepositoryHostAdapter,
} from './services';
export { LocalRepositoryHost } from './local/LocalRepositoryHost';
export {
  LocalRepositories,
  type RepositoryFile,
} from './local/LocalRepositories';
export { LocalBrowser } from './local/LocalBrowser';
export { parseRawUrl, rawUrl, type RepositoryPath } from './local/localUrls';
export { GitFailure, runGit, spawnGit, type GitOptions } from './local/runGit';
export { newWorkFolder, removeAbandonedWork } from './local/workFolders';
export { HttpGitHost, type GitHostDialect } from './remote/HttpGitHost';
export {
  createGitHostFactory,
  requireIntegration,
  type GitHostContext,
} from './remote/gitHostFactory';
export { RemoteRepositoryHost } from './remote/RemoteRepositoryHost';
export { runAction } from './remote/runAction';
