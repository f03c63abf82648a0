import type { PublishedRepository, PublishRequest } from '../RepositoryHost';
import { askRemote } from './askRemote';
import type { RemoteRepositories } from './RemoteRepositoryHost';

/** In what one kind of Git host differs from another. */
export type GitHostDialect = {
  /** The repository's page, which is also what is cloned once `.git` is added. */
  pageUrl(name: string): string;
  /** What stands in a file's address between the page and the branch, such as `blob`. */
  filePath: string;
  /** Where the API answers for the repository, with its `topics` among the rest. */
  apiUrl(name: string): string;
  /** The headers that let the portal ask the API about the repository. */
  headers(name: string): Promise<Record<string, string>>;
  /** Makes the repository under a topic and pushes the first commit. */
  publish(request: PublishRequest, topic: string): Promise<void>;
};

/** Makes, finds and removes repositories on a Git host that has an HTTP API. */
export class HttpGitHost implements RemoteRepositories {
  readonly #dialect: GitHostDialect;

  constructor(dialect: GitHostDialect) {
    this.#dialect = dialect;
  }

  urlsFor(options: {
    name: string;
    defaultBranch: string;
  }): PublishedRepository {
    const { pageUrl, filePath } = this.#dialect;
    const repositoryUrl = pageUrl(options.name);
    return {
      repositoryUrl,
      cloneUrl: `${repositoryUrl}.git`,
      catalogInfoUrl: `${repositoryUrl}/${filePath}/${options.defaultBranch}/catalog-info.yaml`,
    };
  }

  async topicsOf(name: string): Promise<string[] | undefined> {
    const found = await this.#ask(name);
    return (found as { topics?: string[] } | undefined)?.topics;
  }

  create(request: PublishRequest, topic: string): Promise<void> {
    return this.#dialect.publish(request, topic);
  }

  async remove(name: string): Promise<void> {
    await this.#ask(name, 'DELETE');
  }

  async #ask(name: string, method?: 'DELETE'): Promise<unknown> {
    const { apiUrl, headers } = this.#dialect;
    return askRemote(apiUrl(name), { method, headers: await headers(name) });
  }
}
