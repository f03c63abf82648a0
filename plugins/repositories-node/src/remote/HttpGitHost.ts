import { ConflictError } from '@backstage/errors';
import type {
  Checks,
  GreenMerge,
  MergeProposal,
  PublishedRepository,
  PublishRequest,
} from '../RepositoryHost';
import { askRemote } from './askRemote';
import type { RemoteRepositories } from './RemoteRepositoryHost';
import type { GitRemote } from './RemoteWorkingCopy';

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
  /** What Git signs in with. */
  gitCredentials(name: string): Promise<GitRemote['credentials']>;
  /** How the host's pull or merge requests are spoken of. */
  proposals: {
    /** Below `apiUrl`, such as `pulls`. */
    path: string;
    /** What finds the open ones of the branch. */
    query(
      proposal: Pick<MergeProposal, 'branch' | 'into'>,
    ): Record<string, string>;
    body(proposal: MergeProposal): Record<string, unknown>;
    /** The field that holds the page's address. */
    urlField: 'html_url' | 'web_url';
  };
  /** How the host tells of what ran on a commit, and merges. */
  merging: {
    /** The field by which a request is spoken of below the path of proposals. */
    numberField: 'number' | 'iid';
    /** What is asked of a commit, below `apiUrl`. */
    checkPaths(commit: string): string[];
    /** What the answers say, in the order of the paths; `undefined` for one that the host does not know. */
    readChecks(answers: unknown[]): Checks;
  };
};

/** What of a repository is read: GitHub and GitLab name the same address differently. */
type Described = {
  default_branch?: string;
  clone_url?: string;
  http_url_to_repo?: string;
};

/** What of a pull or merge request is read. */
type Proposal = {
  html_url?: string;
  web_url?: string;
  number?: number;
  iid?: number;
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

  async remoteOf(name: string): Promise<GitRemote | undefined> {
    const found = (await this.#ask(name)) as Described | undefined;
    return (
      found && {
        cloneUrl:
          found.clone_url ??
          found.http_url_to_repo ??
          `${this.#dialect.pageUrl(name)}.git`,
        defaultBranch: found.default_branch ?? 'main',
        credentials: await this.#dialect.gitCredentials(name),
      }
    );
  }

  async propose(proposal: MergeProposal): Promise<string> {
    const { proposals, apiUrl, headers } = this.#dialect;
    const url = `${apiUrl(proposal.name)}/${proposals.path}`;
    const made =
      (await this.#openProposal(proposal)) ??
      ((await askRemote(url, {
        // The host refuses a second one of the same branch, so asking again does no harm.
        method: 'POST',
        body: proposals.body(proposal),
        headers: await headers(proposal.name),
      })) as Proposal | undefined);
    const address = made?.[proposals.urlField];
    if (!address) {
      throw new Error(`${url} answered without ${proposals.urlField}`);
    }
    return address;
  }

  async mergeWhenGreen(
    merge: GreenMerge,
  ): Promise<{ checks: Checks; merged: boolean }> {
    const { proposals, merging, apiUrl, headers } = this.#dialect;
    const { name, commit } = merge;
    const api = apiUrl(name);
    const checks = merging.readChecks(
      await Promise.all(
        merging
          .checkPaths(commit)
          .map(async path =>
            askRemote(`${api}/${path}`, { headers: await headers(name) }),
          ),
      ),
    );
    if (merge.onlyLook || checks.state !== 'passed') {
      return { checks, merged: false };
    }
    const found = (await this.#ask(name)) as Described | undefined;
    const open = await this.#openProposal({
      ...merge,
      into: found?.default_branch ?? 'main',
    });
    const number = open?.[merging.numberField];
    if (number === undefined) {
      throw new ConflictError(
        `No request to merge ${merge.branch} of ${name} is open: people closed it, or merged it already. Upgrade again to have a new one`,
      );
    }
    await askRemote(`${api}/${proposals.path}/${number}/merge`, {
      // The host merges this commit only, and one that is merged it does not merge again.
      method: 'PUT',
      body: { sha: commit },
      headers: await headers(name),
    });
    return { checks, merged: true };
  }

  async #openProposal(
    about: Pick<MergeProposal, 'name' | 'branch' | 'into'>,
  ): Promise<Proposal | undefined> {
    const { proposals, apiUrl, headers } = this.#dialect;
    const query = new URLSearchParams(proposals.query(about));
    const found = await askRemote(
      `${apiUrl(about.name)}/${proposals.path}?${query}`,
      { headers: await headers(about.name) },
    );
    return ((found as Proposal[] | undefined) ?? [])[0];
  }

  async #ask(name: string, method?: 'DELETE'): Promise<unknown> {
    const { apiUrl, headers } = this.#dialect;
    return askRemote(apiUrl(name), { method, headers: await headers(name) });
  }
}
