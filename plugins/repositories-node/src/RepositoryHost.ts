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

/** The host on which new code lives. */
export interface RepositoryHost {
  /** Which host this is, such as `local` or `github`. */
  readonly id: string;

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
}
