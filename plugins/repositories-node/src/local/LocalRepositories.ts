import { InputError, NotFoundError } from '@backstage/errors';
import type {
  Folder,
  Repository,
  TreeEntry,
} from '@waymark/plugin-repositories-common';
import fs from 'node:fs/promises';
import path from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { requireRepositoryName } from '../repositoryName';
import type { LocalSettings } from '../settings';
import { localUrls } from './localUrls';
import { GitFailure, runGit, spawnGit } from './runGit';

/** A file at one commit. */
export type RepositoryFile = { content: Buffer; commit: string };

const refPattern = /^[A-Za-z0-9]+([._/-][A-Za-z0-9]+)*$/;
const types: Record<string, TreeEntry['type']> = {
  '040000': 'folder',
  '120000': 'link',
  '160000': 'submodule',
};

/** Reads the repositories that the portal keeps itself; never writes. */
export class LocalRepositories {
  readonly #settings: Pick<LocalSettings, 'directory' | 'baseUrl'>;

  constructor(settings: Pick<LocalSettings, 'directory' | 'baseUrl'>) {
    this.#settings = settings;
  }

  /** Names in alphabetical order, after the given one. */
  async names(options: { after?: string; limit: number }): Promise<string[]> {
    const { after = '', limit } = options;
    const entries = await fs.readdir(this.#settings.directory);
    return entries
      .filter(entry => entry.endsWith('.git') && !entry.startsWith('.'))
      .map(entry => entry.slice(0, -'.git'.length))
      .sort()
      .filter(name => name > after)
      .slice(0, limit);
  }

  /** @throws NotFoundError */
  async describe(name: string): Promise<Repository> {
    const place = await this.placeOf(name);
    const [head, branch, description] = await Promise.all([
      this.#git(name, [
        'log',
        '-1',
        '--format=%H%x00%an%x00%cI%x00%s',
        'HEAD',
        '--',
      ]),
      this.#git(name, ['symbolic-ref', '--short', 'HEAD']),
      fs.readFile(path.join(place, 'description'), 'utf8').catch(() => ''),
    ]);
    const [commit, author, committedAt, message] = head
      .toString('utf8')
      .trim()
      .split('\0');
    const defaultBranch = branch.toString('utf8').trim();
    const { repositoryUrl, cloneUrl } = localUrls(this.#settings.baseUrl, {
      name,
      defaultBranch,
    });
    return {
      name,
      description: description.trim(),
      defaultBranch,
      repositoryUrl,
      cloneUrl,
      head: { commit, author, committedAt, message },
    };
  }

  /**
   * The commit that a branch, tag or commit's name stands for.
   *
   * @throws NotFoundError
   */
  async commitOf(name: string, ref: string): Promise<string> {
    if (!refPattern.test(ref)) {
      throw new InputError(
        `"${ref.slice(0, 80)}" cannot be a branch, tag or commit`,
      );
    }
    try {
      const commit = await this.#git(name, [
        'rev-parse',
        '--verify',
        '--quiet',
        '--end-of-options',
        `${ref}^{commit}`,
      ]);
      return commit.toString('utf8').trim();
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      throw new NotFoundError(
        `The repository ${name} has no branch, tag or commit ${ref}`,
      );
    }
  }

  /** @throws NotFoundError when there is no such folder */
  async tree(options: {
    name: string;
    ref: string;
    path: string;
    recursive?: boolean;
  }): Promise<Folder> {
    const { name, recursive = false } = options;
    const folder = relativePath(options.path);
    const commit = await this.commitOf(name, options.ref);
    const listed = await this.#object(options, [
      'ls-tree',
      '-z',
      '--long',
      ...(recursive ? ['-r'] : []),
      `${commit}:${folder}`,
    ]);
    const entries = listed
      .toString('utf8')
      .split('\0')
      .filter(Boolean)
      .map(line => {
        // Names may hold tabs of their own.
        const tab = line.indexOf('\t');
        const [mode, , , size] = line.slice(0, tab).split(/ +/);
        const entry = line.slice(tab + 1);
        return {
          path: folder ? `${folder}/${entry}` : entry,
          type: types[mode] ?? 'file',
          ...(size !== '-' && { size: Number(size) }),
        };
      });
    return { commit, entries };
  }

  /** @throws NotFoundError when there is no such file */
  async file(options: {
    name: string;
    ref: string;
    path: string;
  }): Promise<RepositoryFile> {
    const file = relativePath(options.path);
    const commit = await this.commitOf(options.name, options.ref);
    const content = await this.#object(options, [
      'cat-file',
      'blob',
      `${commit}:${file}`,
    ]);
    return { commit, content };
  }

  /**
   * A folder with all below it, as a tar stream of paths relative to it.
   *
   * @throws NotFoundError when there is no such folder
   */
  async archive(options: {
    name: string;
    commit: string;
    path: string;
  }): Promise<Readable> {
    const folder = relativePath(options.path);
    const tree = `${options.commit}:${folder}`;
    const type = await this.#object({ ...options, ref: options.commit }, [
      'cat-file',
      '-t',
      tree,
    ]);
    if (type.toString('utf8').trim() !== 'tree') {
      throw new NotFoundError(
        `${folder} in the repository ${options.name} is a file, not a folder`,
      );
    }
    const git = spawnGit(['archive', '--format=tar', tree], {
      repository: await this.placeOf(options.name),
    });
    // Node drains a child's output when the child ends, read or not: what comes
    // before the caller listens must wait in a stream of our own.
    const tar = new PassThrough();
    git.stdout.pipe(tar, { end: false });
    git.once('error', error => tar.destroy(error));
    git.once('close', (code, signal) => {
      if (code === 0) {
        tar.end();
        return;
      }
      tar.destroy(
        new Error(
          `Reading ${options.name} ended early: ${
            signal ?? `git ended with ${code}`
          }`,
        ),
      );
    });
    git.stderr.resume();
    return tar;
  }

  /**
   * The bare repository's folder.
   *
   * @throws NotFoundError
   */
  async placeOf(name: string): Promise<string> {
    const place = path.join(
      this.#settings.directory,
      `${requireRepositoryName(name)}.git`,
    );
    try {
      await fs.access(path.join(place, 'HEAD'));
    } catch {
      throw new NotFoundError(`There is no repository named ${name}`);
    }
    return place;
  }

  async #git(name: string, args: string[]): Promise<Buffer> {
    return runGit(args, { repository: await this.placeOf(name) });
  }

  async #object(
    where: { name: string; ref: string; path: string },
    args: string[],
  ): Promise<Buffer> {
    try {
      return await this.#git(where.name, args);
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

/** A path below the root, without anything that leads elsewhere. */
export function relativePath(given: string): string {
  const segments = given.split('/').filter(Boolean);
  if (
    given.includes('\0') ||
    segments.some(segment => segment === '.' || segment === '..')
  ) {
    throw new InputError(
      `"${given.slice(0, 200)}" is not a path within a repository`,
    );
  }
  return segments.join('/');
}
