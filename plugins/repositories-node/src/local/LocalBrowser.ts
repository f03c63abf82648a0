import { NotFoundError } from '@backstage/errors';
import type {
  Browsed,
  Commit,
  CommitPage,
  TreeEntry,
} from '@waymark/plugin-repositories-common';
import { relativePath, type LocalRepositories } from './LocalRepositories';
import { GitFailure, runGit } from './runGit';

/** Text of files larger than this is for a clone, not for a page. In bytes. */
const largestText = 512 * 1024;

/** A part of a long list. */
type Part = { offset: number; limit: number };

const order: TreeEntry['type'][] = ['folder', 'submodule', 'file', 'link'];

/** Reads repositories as a person looks at them: a folder, a file, the history. */
export class LocalBrowser {
  readonly #repositories: LocalRepositories;

  constructor(repositories: LocalRepositories) {
    this.#repositories = repositories;
  }

  /**
   * @throws NotFoundError when the repository, the ref or the path does not exist
   * @throws InputError when one of them cannot exist
   */
  async at(
    where: { name: string; ref: string; path: string } & Part,
  ): Promise<Browsed> {
    const { name, ref, offset, limit } = where;
    const path = relativePath(where.path);
    const commit = await this.#repositories.commitOf(name, ref);
    const object = `${commit}:${path}`;
    const type = await this.#read(where, ['cat-file', '-t', object]);
    if (type.toString('utf8').trim() === 'tree') {
      const { entries } = await this.#repositories.tree({
        name,
        ref: commit,
        path,
      });
      entries.sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
      return {
        type: 'folder',
        commit,
        path,
        entries: entries.slice(offset, offset + limit),
        totalItems: entries.length,
      };
    }
    const size = Number(await this.#read(where, ['cat-file', '-s', object]));
    const file = { type: 'file' as const, commit, path, size };
    if (size > largestText) return { ...file, withheld: 'too-large' };
    const content = await this.#read(where, ['cat-file', 'blob', object]);
    return content.includes(0)
      ? { ...file, withheld: 'binary' }
      : { ...file, text: content.toString('utf8') };
  }

  /**
   * What led to a branch, tag or commit, the newest first.
   *
   * @throws NotFoundError
   */
  async history(
    where: { name: string; ref: string } & Part,
  ): Promise<CommitPage> {
    const { name, ref, offset, limit } = where;
    const commit = await this.#repositories.commitOf(name, ref);
    const [log, count] = await Promise.all([
      this.#read(where, [
        'log',
        '-z',
        `--skip=${offset}`,
        `--max-count=${limit}`,
        '--format=%H%x00%an%x00%cI%x00%s',
        commit,
        '--',
      ]),
      this.#read(where, ['rev-list', '--count', commit, '--']),
    ]);
    const parts = log.toString('utf8').split('\0');
    const items: Commit[] = [];
    for (let at = 0; at + 3 < parts.length; at += 4) {
      const [id, author, committedAt, message] = parts.slice(at, at + 4);
      items.push({ commit: id, author, committedAt, message });
    }
    return { items, totalItems: Number(count) };
  }

  async #read(
    where: { name: string; ref: string; path?: string },
    args: string[],
  ): Promise<Buffer> {
    const repository = await this.#repositories.placeOf(where.name);
    try {
      return await runGit(args, { repository });
    } catch (error) {
      if (!(error instanceof GitFailure) || error.exitCode !== 128) throw error;
      throw new NotFoundError(
        `The repository ${where.name} has no ${where.path || 'files'} at ${
          where.ref
        }`,
      );
    }
  }
}
