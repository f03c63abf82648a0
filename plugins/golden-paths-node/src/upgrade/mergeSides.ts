import {
  makeCommit,
  treeOf,
  type Author,
  type FileChange,
  type WorkingCopy,
} from '@waymark/plugin-repositories-node';
import { recordPath } from '../record/GoldenPathRecord';
import type { TemplateFile } from '../render/TemplateFile';
import { mergeTrees, type UpgradeConflict } from './mergeTrees';

/** The merge, with everything decided that needs no person. */
export async function mergeSides(
  copy: WorkingCopy,
  options: {
    author: Author;
    when: Date;
    base: TemplateFile[];
    ours: string;
    theirs: TemplateFile[];
    label: string;
  },
): Promise<{ commit: string; conflicts: UpgradeConflict[] }> {
  const { base, ours, theirs, label, ...git } = options;
  const { repository } = copy;
  const side = (
    tag: string,
    parents: string[],
    files: TemplateFile[] | { tree: string },
  ) =>
    makeCommit(repository, {
      ...git,
      tag,
      message: `${tag}\n`,
      parents,
      filesOf: Array.isArray(files) ? 'none' : files,
      changes: Array.isArray(files) ? files.map(write => ({ write })) : [],
    });
  const common = await side('waymark-base', [], base);
  await side('this-repository', [common], {
    tree: await treeOf(repository, ours),
  });
  await side(label, [common], theirs);
  const merged = await mergeTrees(repository, 'this-repository', label);

  // The record is nobody's to edit: it says what the template wrote.
  const record = theirs.find(({ path }) => path === recordPath);
  const conflicts = merged.conflicts.filter(({ path }) => path !== recordPath);
  const commit = await makeCommit(repository, {
    ...git,
    tag: 'waymark-merged',
    message: 'merged\n',
    parents: [common],
    filesOf: { tree: merged.tree },
    changes: [
      // Git would bring back what people removed.
      ...conflicts
        .filter(({ kind }) => kind === 'removed-here')
        .map(({ path }): FileChange => ({ remove: path })),
      ...(record ? [{ write: record }] : []),
    ],
  });
  return { commit, conflicts };
}
