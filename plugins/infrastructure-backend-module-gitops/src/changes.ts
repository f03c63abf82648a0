import type { PlannedChange } from '@waymark/plugin-infrastructure-common';
import type { Blob, Edits, Repository } from './Repository';

/** What the branch has of a resource, and what it is to have. */
export type Comparison = {
  tip: string;
  edits: Edits;
  before: Map<string, Blob>;
};

const titles: Record<PlannedChange['action'], string> = {
  create: 'Add',
  update: 'Change',
  replace: 'Replace',
  delete: 'Remove',
  keep: 'Leave',
};

function actionOf(
  before: Blob | undefined,
  after: Blob | undefined,
): PlannedChange['action'] {
  if (before === undefined) return 'create';
  if (after === undefined) return 'delete';
  return before === after ? 'keep' : 'update';
}

const mostShown = 20_000;

function shortened(diff: string): string {
  return diff.length > mostShown
    ? `${diff.slice(0, mostShown)}\n… and more; the log has all of it`
    : diff;
}

/** What edits do to each file below the folder of a resource. */
export async function changesIn(
  { repository, folder }: { repository: Repository; folder: string },
  { tip, edits, before }: Comparison,
): Promise<PlannedChange[]> {
  const changed: Edits = new Map(
    [...edits].filter(([file, after]) => before.get(file) !== after?.blob),
  );
  const diffs = changed.size
    ? await repository.diffs(tip, changed)
    : new Map<string, string>();
  return [...edits].map(([file, after]) => {
    const action = actionOf(before.get(file), after?.blob);
    const diff = diffs.get(file);
    return {
      action,
      address: file,
      title: `${titles[action]} ${file.slice(folder.length + 1)}`,
      ...(diff && { diff: shortened(diff) }),
    };
  });
}
