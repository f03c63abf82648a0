import { GitFailure, runGit } from '@waymark/plugin-repositories-node';

/** What stands in the way of one file. */
export type UpgradeConflict = {
  path: string;
  /**
   * - `both-changed`: the same lines were changed, and are marked in the file
   * - `both-added`: the repository has a file of its own where the template brings one
   * - `removed-here`: people removed what the template changed; it stays removed
   * - `removed-in-template`: the template removed what people changed; it stays
   * - `other`: such as a file where the other has a folder
   */
  kind:
    | 'both-changed'
    | 'both-added'
    | 'removed-here'
    | 'removed-in-template'
    | 'other';
};

export type MergedTree = { tree: string; conflicts: UpgradeConflict[] };

// What both sides changed is marked as closely as can be. A folder that people
// renamed does not draw new files of the template after it: that is a guess.
const settings = [
  'merge.conflictStyle=zdiff3',
  'merge.directoryRenames=false',
  'merge.renameLimit=5000',
].flatMap(setting => ['-c', setting]);

/**
 * Git's three-way merge of two commits with one common parent, without a
 * working tree. Names of commits are what the marks in a file show.
 */
export async function mergeTrees(
  repository: string,
  ours: string,
  theirs: string,
): Promise<MergedTree> {
  return parseMerge(
    await runGit(
      [
        ...settings,
        'merge-tree',
        '--write-tree',
        '-z',
        '--no-messages',
        ours,
        theirs,
      ],
      { repository },
    ).catch(error => {
      // It answers as usual, and says by this code that there are conflicts.
      if (error instanceof GitFailure && error.exitCode === 1) {
        return error.stdout;
      }
      throw error;
    }),
  );
}

function parseMerge(answer: Buffer): MergedTree {
  const [tree, ...entries] = answer.toString('utf8').split('\0');
  const stages = new Map<string, Set<string>>();
  for (const entry of entries) {
    const [, stage, path] = /^\d+ [0-9a-f]+ ([123])\t(.+)$/s.exec(entry) ?? [];
    if (!path) continue;
    const known = stages.get(path) ?? new Set();
    stages.set(path, known.add(stage));
  }
  return {
    tree,
    conflicts: [...stages].map(([path, has]) => ({
      path,
      kind: kindOf([...has].sort().join('')),
    })),
  };
}

function kindOf(stages: string): UpgradeConflict['kind'] {
  switch (stages) {
    case '123':
      return 'both-changed';
    case '23':
      return 'both-added';
    case '13':
      return 'removed-here';
    case '12':
      return 'removed-in-template';
    default:
      return 'other';
  }
}
