import {
  makeCommit,
  modesOf,
  readFiles,
  treeOf,
  type Author,
  type FileChange,
  type WorkingCopy,
} from '@waymark/plugin-repositories-node';
import type { GoldenPathRecord } from '../record/GoldenPathRecord';
import type { Release } from '../release/Release';
import type { TemplateFile } from '../render/TemplateFile';
import { renderingBranch } from './findBase';
import { migrateFiles, touchedFiles, type Migration } from './Migration';

/** Puts the new rendering on top of the branch of renderings, which begins with the old one. */
export async function commitRendering(
  copy: WorkingCopy,
  options: {
    author: Author;
    when: Date;
    base: TemplateFile[];
    record: GoldenPathRecord;
    release: Release;
    theirs: TemplateFile[];
  },
): Promise<string> {
  const { record, release, base, theirs, ...git } = options;
  const rendered = (version: string) => `${release.template} ${version}\n`;
  const written = (files: TemplateFile[]) =>
    files.map((write): FileChange => ({ write }));
  const tip =
    copy.branches.get(renderingBranch) ??
    (await makeCommit(copy.repository, {
      ...git,
      tag: 'waymark-old-rendering',
      message: rendered(record.version),
      parents: [],
      filesOf: 'none',
      changes: written(base),
    }));
  const made = await makeCommit(copy.repository, {
    ...git,
    tag: 'waymark-new-rendering',
    message: rendered(release.version),
    parents: [tip],
    filesOf: 'none',
    changes: written(theirs),
  });
  // The same upgrade, asked for once more, adds nothing.
  const [before, after] = await Promise.all([
    treeOf(copy.repository, tip),
    treeOf(copy.repository, made),
  ]);
  return before === after ? tip : made;
}

/** The repository with its files where the new version has them. */
export async function migrated(
  copy: WorkingCopy,
  options: {
    author: Author;
    when: Date;
    head: string;
    migrations: Migration[];
    release: Release;
  },
): Promise<string> {
  const { head, migrations, release, ...git } = options;
  const { repository } = copy;
  const { moves, writes } = migrateFiles(
    migrations,
    await readFiles(repository, head, touchedFiles(migrations)),
  );
  if (moves.length + writes.size === 0) return head;
  const [tree, modes] = await Promise.all([
    treeOf(repository, head),
    modesOf(repository, head),
  ]);
  const cameFrom = new Map(moves.map(({ from, to }) => [to, from]));
  return makeCommit(repository, {
    ...git,
    tag: 'waymark-migrated',
    message: `Migrate to ${release.template} ${release.version}\n`,
    parents: [head],
    filesOf: { tree },
    changes: [
      ...moves.map(({ from, to }): FileChange => ({ move: from, to })),
      ...[...writes].map(
        ([path, content]): FileChange => ({
          write: {
            path,
            content,
            executable: modes.get(cameFrom.get(path) ?? path) === '100755',
          },
        }),
      ),
    ],
  });
}

/** The old rendering with its files where the new version has them. */
export function migratedFiles(
  files: TemplateFile[],
  migrations: Migration[],
): TemplateFile[] {
  const { moves, writes } = migrateFiles(
    migrations,
    new Map(files.map(({ path, content }) => [path, content])),
  );
  const moved = new Map(files.map(file => [file.path, file]));
  for (const { from, to } of moves) {
    const file = moved.get(from);
    if (!file) continue;
    moved.delete(from);
    moved.set(to, { ...file, path: to });
  }
  return [...moved.values()].map(file => ({
    ...file,
    content: writes.get(file.path) ?? file.content,
  }));
}
