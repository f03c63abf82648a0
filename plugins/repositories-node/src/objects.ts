import { runGit } from './local/runGit';
import type { Author } from './RepositoryHost';

/** A change to the files of a commit. */
export type FileChange =
  | { write: { path: string; content: Buffer; executable: boolean } }
  | { remove: string }
  | { move: string; to: string };

/** A commit that is to be made. */
export type NewCommit = {
  /** The name it gets in the copy; Git shows it beside what is in conflict. */
  tag: string;
  message: string;
  author: Author;
  when: Date;
  parents: string[];
  /** The files it begins with: those of a commit, or none. */
  filesOf: { tree: string } | 'none';
  changes: FileChange[];
};

/** As `git fast-import` reads a path. */
function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}

function data(content: Buffer | string): Buffer[] {
  const bytes = Buffer.from(content);
  return [Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')];
}

function change(entry: FileChange): Buffer[] {
  if ('remove' in entry) return [Buffer.from(`D ${quoted(entry.remove)}\n`)];
  if ('move' in entry) {
    return [Buffer.from(`R ${quoted(entry.move)} ${quoted(entry.to)}\n`)];
  }
  const { path, content, executable } = entry.write;
  const mode = executable ? '100755' : '100644';
  return [Buffer.from(`M ${mode} inline ${quoted(path)}\n`), ...data(content)];
}

/**
 * Makes a commit without a working tree.
 *
 * @returns its name
 */
export async function makeCommit(
  repository: string,
  commit: NewCommit,
): Promise<string> {
  const { tag, author, when, parents, filesOf } = commit;
  const [parent, ...merged] = parents;
  const seconds = Math.floor(when.getTime() / 1000);
  const line = (text: string) => Buffer.from(`${text}\n`);
  const plain = (text: string) => text.replace(/[<>\n]/g, ' ').trim();
  const made = await runGit(
    ['-c', 'core.fsync=none', 'fast-import', '--quiet'],
    {
      repository,
      input: Buffer.concat([
        line(`commit refs/tags/${tag}`),
        line('mark :1'),
        line(
          `committer ${plain(author.name)} <${plain(
            author.email,
          )}> ${seconds} +0000`,
        ),
        ...data(commit.message),
        ...(parent ? [line(`from ${parent}`)] : []),
        ...merged.map(other => line(`merge ${other}`)),
        line('deleteall'),
        ...(filesOf === 'none' ? [] : [line(`M 040000 ${filesOf.tree} ""`)]),
        ...commit.changes.flatMap(change),
        line(''),
        line('get-mark :1'),
      ]),
    },
  );
  return made.toString('utf8').trim();
}

/** The tree of a commit. */
export async function treeOf(
  repository: string,
  commit: string,
): Promise<string> {
  const tree = await runGit(['rev-parse', `${commit}^{tree}`], { repository });
  return tree.toString('utf8').trim();
}

/** The modes of a commit's files, by path. */
export async function modesOf(
  repository: string,
  commit: string,
): Promise<Map<string, string>> {
  const listed = await runGit(['ls-tree', '-r', '-z', commit], { repository });
  return new Map(
    listed
      .toString('utf8')
      .split('\0')
      .filter(Boolean)
      .map((entry): [string, string] => [
        entry.slice(entry.indexOf('\t') + 1),
        entry.slice(0, entry.indexOf(' ')),
      ]),
  );
}

/**
 * The content of some files of a commit. Those that are not there, and those
 * that are no files, are left out.
 */
export async function readFiles(
  repository: string,
  commit: string,
  paths: string[],
): Promise<Map<string, Buffer>> {
  // A line each: a path with a line break cannot be asked for, and no template has one.
  const asked = paths.filter(path => !path.includes('\n'));
  const answer = await runGit(['cat-file', '--batch'], {
    repository,
    input: asked.map(path => `${commit}:${path}\n`).join(''),
  });
  const found = new Map<string, Buffer>();
  let at = 0;
  for (const path of asked) {
    const end = answer.indexOf(10, at);
    const head = answer.subarray(at, end).toString('utf8');
    at = end + 1;
    const [, type, size] = /^[0-9a-f]+ (\w+) (\d+)$/.exec(head) ?? [];
    if (size === undefined) continue;
    if (type === 'blob')
      found.set(path, answer.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return found;
}
