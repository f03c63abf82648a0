/** Who a commit is by. */
export type Author = {
  /** As the commit shows it, such as `Amara Okafor`. */
  name: string;
  email: string;
};

/** What a new repository is made of. */
export type PublishRequest = {
  /** A legal name; see `requireRepositoryName`. */
  name: string;
  /** One sentence on what the repository holds. */
  description: string;
  /** The folder whose content becomes the first commit. What its .gitignore names stays out. */
  directory: string;
  /** Such as `main`. */
  defaultBranch: string;
  commitMessage: string;
  author: Author;
  /**
   * What is making the repository, such as a scaffolder task's id. The
   * repository remembers it: the same task may publish again after an
   * interruption, and only that task may discard.
   */
  taskId: string;
};

/** Where a repository is found. All are absolute URLs. */
export type PublishedRepository = {
  /** What a person opens. */
  repositoryUrl: string;
  /** What `git clone` takes. */
  cloneUrl: string;
  /** The `catalog-info.yaml` on the default branch, to register in the catalog. */
  catalogInfoUrl: string;
};

/** Where a branch is to go. */
export type BranchMove = {
  branch: string;
  /** The commit it is to stand at. */
  to: string;
  /** The commit it stands at now; `undefined` when there is no such branch. */
  expected: string | undefined;
};

/** A copy of a repository to work in. Nothing done in it is seen by others until it is published. */
export interface WorkingCopy {
  /** The bare repository in which Git is run; it has every commit of the branches. */
  readonly repository: string;
  readonly defaultBranch: string;
  /** The commit of each branch, when the copy was opened. */
  readonly branches: ReadonlyMap<string, string>;

  /**
   * Moves branches to commits that were made here: all of them, or none.
   *
   * @throws ConflictError when one is not where it was expected
   * @throws NotAllowedError when the host refuses
   * @throws ServiceUnavailableError when the host does not answer
   */
  publish(moves: BranchMove[]): Promise<void>;

  /** Removes the copy. */
  close(): Promise<void>;
}

/** What people are asked to merge. */
export type MergeProposal = {
  /** The repository. */
  name: string;
  branch: string;
  /** The branch to merge into. */
  into: string;
  title: string;
  /** In Markdown. */
  body: string;
};

/** What is to be merged without a person, if its checks let it. */
export type GreenMerge = {
  /** The repository. */
  name: string;
  /** It is merged into the default branch. */
  branch: string;
  /** What the branch held when it was proposed; with anything else on it nothing is merged. */
  commit: string;
  /** Only to be told how the checks stand; nothing is merged. */
  onlyLook?: boolean;
};

/**
 * How the checks of a proposed commit stand:
 * - `none`: no check has run on it, or the host has no checks
 * - `pending`: some are under way
 * - `failed`: one has failed, or was stopped
 * - `passed`: there are some, and all have passed
 */
export type ChecksState = 'none' | 'pending' | 'failed' | 'passed';

/** How the checks of a commit stand together, and which have not passed, where the host names them. */
export type Checks = { state: ChecksState; notPassed: string[] };

/** The host on which new code lives. */
export interface RepositoryHost {
  /** Which host this is, such as `local` or `github`. */
  readonly id: string;

  /** Whether people review there what is to be merged. */
  readonly reviews: boolean;

  /** Where a repository of this name is, or would be. Asks nobody. */
  urlsFor(options: {
    name: string;
    defaultBranch: string;
  }): PublishedRepository;

  /**
   * Whether a repository has this name, whoever made it.
   *
   * @throws InputError when the name is not legal
   * @throws ServiceUnavailableError when the host does not answer
   */
  exists(name: string): Promise<boolean>;

  /**
   * Whether this very task made the repository of this name.
   *
   * @throws ServiceUnavailableError when the host does not answer
   */
  isMadeBy(options: { name: string; taskId: string }): Promise<boolean>;

  /**
   * Makes a repository with one commit. It is whole or not there at all: when
   * this throws, nothing of it is left, or the message says what is. Publishing
   * again for the same task finds the first result.
   *
   * @throws InputError when the name is not legal or there is nothing to publish
   * @throws ConflictError when something else has a repository of this name
   * @throws NotAllowedError when the host refuses
   * @throws ServiceUnavailableError when the host does not answer
   */
  publish(request: PublishRequest): Promise<PublishedRepository>;

  /**
   * Removes what the task made, and nothing else.
   *
   * @returns whether there was something to remove
   * @throws ServiceUnavailableError when the host does not answer
   */
  discard(options: { name: string; taskId: string }): Promise<boolean>;

  /**
   * Opens a copy of a repository. Whoever opened it closes it.
   *
   * @throws NotFoundError when there is no such repository
   * @throws ServiceUnavailableError when the host does not answer
   */
  open(name: string): Promise<WorkingCopy>;

  /**
   * Asks people to merge a branch, with a pull or merge request. Asking again
   * for the same branch finds the open one.
   *
   * @returns the address of the request; `undefined` on a host that knows no such thing
   * @throws NotAllowedError when the host refuses
   * @throws ServiceUnavailableError when the host does not answer
   */
  propose(proposal: MergeProposal): Promise<string | undefined>;

  /**
   * Merges what was proposed when every check of its commit has passed, and
   * does nothing otherwise: no check is not a green one.
   *
   * @returns how the checks stood, and whether it is merged
   * @throws ConflictError when the host cannot merge it: people closed the request or changed the branch, or a rule of the repository asks for more
   * @throws NotAllowedError when the host refuses
   * @throws ServiceUnavailableError when the host does not answer
   */
  mergeWhenGreen(
    merge: GreenMerge,
  ): Promise<{ checks: Checks; merged: boolean }>;
}
