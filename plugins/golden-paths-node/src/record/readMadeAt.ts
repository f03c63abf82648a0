import { runGit, type WorkingCopy } from '@waymark/plugin-repositories-node';
import { recordPath } from './GoldenPathRecord';

/**
 * When a form made a repository: the first commit of its default branch is
 * what the template wrote, and is as old as the repository.
 *
 * @returns nothing when the first commit holds no record, as where a golden path was adopted later
 */
export async function readMadeAt(copy: WorkingCopy): Promise<Date | undefined> {
  const { repository, defaultBranch, branches } = copy;
  const head = branches.get(defaultBranch);
  if (!head) return undefined;
  const added = await runGit(
    [
      'log',
      // Renderings that were merged in begin anew.
      '--first-parent',
      '--diff-filter=A',
      '--format=%at %P',
      head,
      '--',
      recordPath,
    ],
    { repository },
  );
  const [seconds] = added
    .toString('utf8')
    .split('\n')
    .flatMap(line => /^(\d+) $/.exec(line)?.[1] ?? []);
  return seconds ? new Date(Number(seconds) * 1000) : undefined;
}
