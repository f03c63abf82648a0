import { ConflictError } from '@backstage/errors';
import { makeCommit, treeOf } from '../objects';
import type { Author, RepositoryHost, WorkingCopy } from '../RepositoryHost';
import { settleBranch } from './settleBranch';

/** Files that people are asked to take in. */
export type FilesProposal = {
  /** The repository. */
  name: string;
  branch: string;
  message: string;
  author: Author;
  /** What is written, by path. */
  files: ReadonlyMap<string, Buffer>;
  title: string;
  /** In Markdown. */
  body: string;
};

/**
 * Puts files on a branch of their own, on top of the default branch, and asks
 * people to merge it where the host knows that. Doing so again is no harm.
 *
 * @returns the address of the request; `undefined` on a host that knows no such thing
 * @throws ConflictError when the branch is there with something else on it
 */
export async function proposeFiles(
  host: Pick<RepositoryHost, 'propose'>,
  copy: WorkingCopy,
  proposal: FilesProposal,
): Promise<string | undefined> {
  const { repository, branches, defaultBranch } = copy;
  const { name, branch, message, author, files, title, body } = proposal;
  const head = branches.get(defaultBranch);
  if (!head) {
    throw new ConflictError(
      `The repository has no commit on its branch ${defaultBranch}`,
    );
  }
  const made = await makeCommit(repository, {
    tag: 'waymark-proposal',
    message,
    author,
    when: new Date(),
    parents: [head],
    filesOf: { tree: await treeOf(repository, head) },
    changes: [...files].map(([path, content]) => ({
      write: { path, content, executable: false },
    })),
  });
  const { isThere } = await settleBranch(copy, { branch, made });
  if (!isThere) {
    await copy.publish([{ branch, to: made, expected: undefined }]);
  }
  return host.propose({ name, branch, into: defaultBranch, title, body });
}
