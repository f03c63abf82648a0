import { InputError } from '@backstage/errors';
import type { Order } from '@waymark/plugin-infrastructure-node';
import type { RepositoryHost } from '@waymark/plugin-repositories-node';
import type { PullRequestSettings } from './config';
import { reasonOf, requestLine, titleOf } from './message';
import type { Repository } from './Repository';

/** Branches of ours begin with this. */
const prefix = 'waymark/';

/** The branch that people are asked to merge for a request: it says which folder it is about. */
export const branchOf = (folder: string, requestId: string) =>
  `${prefix}${folder}/${requestId}`;

/** The folder that a branch is about; undefined for a branch of somebody else. */
export function folderOf(branch: string): string | undefined {
  const end = branch.lastIndexOf('/');
  return branch.startsWith(prefix) && end > prefix.length
    ? branch.slice(prefix.length, end)
    : undefined;
}

/** What people are asked to merge. */
export type Proposed = {
  branch: string;
  commit: string;
  /** Where they do; undefined on a host that knows no requests for it. */
  address?: string;
};

/** Asks people to merge what is to be committed, on the host that the portal makes repositories on. */
export class PullRequests {
  readonly settings: PullRequestSettings;
  readonly #repository: Repository;
  readonly #host: Pick<RepositoryHost, 'propose'>;

  constructor(
    settings: PullRequestSettings,
    repository: Repository,
    host: Pick<RepositoryHost, 'propose'> | undefined,
  ) {
    if (!host) {
      throw new InputError(
        `infrastructure.gitops.repositories.${repository.settings.name}.pullRequests takes a host of repositories, see waymark.repositories`,
      );
    }
    this.settings = settings;
    this.#repository = repository;
    this.#host = host;
  }

  /**
   * Asks for a commit that is on its branch already; asking again finds what is open.
   *
   * @throws NotAllowedError; ServiceUnavailableError
   */
  async ask(order: Order, branch: string, commit: string): Promise<Proposed> {
    const { settings } = this.#repository;
    const address = await this.#host.propose({
      name: this.settings.repository,
      branch,
      into: settings.branch,
      title: titleOf(order),
      body: `${reasonOf(
        order,
      )}\n\nThe plan, its decision and who approved it stand on the page of the request \`${
        order.requestId
      }\` in the portal. Merging does it; closing tells the portal that it will not be done.`,
    });
    return { branch, commit, ...(address && { address }) };
  }

  /** The commit on the branch of a request, where a process that died had got that far. */
  async begun(order: Order, branch: string): Promise<string | undefined> {
    const commit = await this.#repository.branch(branch);
    if (!commit) return undefined;
    return this.#repository.find(requestLine(order.requestId), commit);
  }
}
