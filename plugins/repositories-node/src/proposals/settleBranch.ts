import { ConflictError } from '@backstage/errors';
import { treeOf } from '../objects';
import type { WorkingCopy } from '../RepositoryHost';

/**
 * Which commit a branch of proposals is to hold: the one that was made, or the
 * one that is on it already and holds the very same files. So doing it again is
 * no harm.
 *
 * @throws ConflictError when the branch is there with something else on it
 */
export async function settleBranch(
  { repository, branches }: Pick<WorkingCopy, 'repository' | 'branches'>,
  { branch, made }: { branch: string; made: string },
): Promise<{ commit: string; isThere: boolean }> {
  const before = branches.get(branch);
  if (!before) return { commit: made, isThere: false };
  const [there, wanted] = await Promise.all(
    [before, made].map(commit => treeOf(repository, commit)),
  );
  if (there === wanted) return { commit: before, isThere: true };
  throw new ConflictError(
    `The repository has a branch ${branch} with something else on it. Merge or remove it, then start again`,
  );
}
