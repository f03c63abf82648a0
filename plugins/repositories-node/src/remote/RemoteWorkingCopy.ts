import { ConflictError } from '@backstage/errors';
import fs from 'node:fs/promises';
import { readBranches } from '../local/readBranches';
import { GitFailure, runGit } from '../local/runGit';
import type { BranchMove, WorkingCopy } from '../RepositoryHost';

/** Where a repository outside is fetched from and pushed to. */
export type GitRemote = {
  cloneUrl: string;
  defaultBranch: string;
  credentials: { username: string; password: string };
};

// The whole history comes over the network.
const transferTimeoutMs = 5 * 60_000;

/** The password is handed over in the environment: arguments are seen by every user of the machine. */
function environmentOf({ credentials }: GitRemote): Record<string, string> {
  const pair = `${credentials.username}:${credentials.password}`;
  const encoded = Buffer.from(pair).toString('base64');
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${encoded}`,
  };
}

/** Works in a clone of a repository outside, and pushes. */
export class RemoteWorkingCopy implements WorkingCopy {
  readonly repository: string;
  readonly branches: ReadonlyMap<string, string>;
  readonly #remote: GitRemote;

  private constructor(
    remote: GitRemote,
    work: string,
    branches: ReadonlyMap<string, string>,
  ) {
    this.#remote = remote;
    this.repository = work;
    this.branches = branches;
  }

  get defaultBranch(): string {
    return this.#remote.defaultBranch;
  }

  /** @param work - a path that is free, on which the copy is made */
  static async open(
    remote: GitRemote,
    work: string,
  ): Promise<RemoteWorkingCopy> {
    try {
      await runGit(['init', '--quiet', '--bare', '--template='], {
        repository: work,
      });
      await runGit(
        [
          'fetch',
          '--quiet',
          '--no-tags',
          remote.cloneUrl,
          '+refs/heads/*:refs/heads/*',
        ],
        {
          repository: work,
          env: environmentOf(remote),
          timeoutMs: transferTimeoutMs,
        },
      );
      return new RemoteWorkingCopy(remote, work, await readBranches(work));
    } catch (error) {
      await fs.rm(work, { recursive: true, force: true });
      throw error;
    }
  }

  async publish(moves: BranchMove[]): Promise<void> {
    try {
      await runGit(
        [
          'push',
          '--quiet',
          '--atomic',
          ...moves.map(
            ({ branch, expected = '' }) =>
              `--force-with-lease=refs/heads/${branch}:${expected}`,
          ),
          this.#remote.cloneUrl,
          ...moves.map(({ branch, to }) => `${to}:refs/heads/${branch}`),
        ],
        {
          repository: this.repository,
          env: environmentOf(this.#remote),
          timeoutMs: transferTimeoutMs,
        },
      );
    } catch (error) {
      if (error instanceof GitFailure && /stale info/.test(error.stderr)) {
        throw new ConflictError(
          'A branch of the repository was moved in the meantime; nothing was changed. Try again from where it is now',
        );
      }
      throw error;
    }
  }

  async close(): Promise<void> {
    await fs.rm(this.repository, { recursive: true, force: true });
  }
}
