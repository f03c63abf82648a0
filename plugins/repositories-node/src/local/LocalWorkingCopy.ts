import { ConflictError } from '@backstage/errors';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { BranchMove, WorkingCopy } from '../RepositoryHost';
import { readBranches } from './readBranches';
import { GitFailure, runGit } from './runGit';

/** Fetching from a folder of our own asks for names, which no branch of a person has. */
const handedOver = 'refs/waymark/handed-over';

/**
 * Works beside a bare repository on the same disk. It borrows the repository's
 * objects and writes its own ones elsewhere, so that whatever goes wrong, the
 * repository is as it was.
 */
export class LocalWorkingCopy implements WorkingCopy {
  readonly repository: string;
  readonly defaultBranch: string;
  readonly branches: ReadonlyMap<string, string>;
  readonly #place: string;

  private constructor(options: {
    place: string;
    work: string;
    defaultBranch: string;
    branches: ReadonlyMap<string, string>;
  }) {
    this.#place = options.place;
    this.repository = options.work;
    this.defaultBranch = options.defaultBranch;
    this.branches = options.branches;
  }

  /** @param options.work - a path that is free, on which the copy is made */
  static async open(options: {
    place: string;
    work: string;
  }): Promise<LocalWorkingCopy> {
    const { place, work } = options;
    try {
      await runGit(['init', '--quiet', '--bare', '--template='], {
        repository: work,
      });
      await fs.mkdir(path.join(work, 'objects/info'), { recursive: true });
      await fs.writeFile(
        path.join(work, 'objects/info/alternates'),
        `${path.join(path.resolve(place), 'objects')}\n`,
      );
      const head = await runGit(['symbolic-ref', '--short', 'HEAD'], {
        repository: place,
      });
      return new LocalWorkingCopy({
        place,
        work,
        defaultBranch: head.toString('utf8').trim(),
        branches: await readBranches(place),
      });
    } catch (error) {
      await fs.rm(work, { recursive: true, force: true });
      throw error;
    }
  }

  async publish(moves: BranchMove[]): Promise<void> {
    const names = moves.map((_, index) => `${handedOver}/${index}`);
    await this.#update(
      this.repository,
      moves.map(({ to }, index) => `update ${names[index]} ${to}`),
    );
    // Objects first, and no name: until the last line nobody sees anything.
    await runGit(
      [
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-write-fetch-head',
        this.repository,
        ...names,
      ],
      { repository: this.#place },
    );
    try {
      await this.#update(
        this.#place,
        moves.map(({ branch, to, expected }) =>
          expected === undefined
            ? `create refs/heads/${branch} ${to}`
            : `update refs/heads/${branch} ${to} ${expected}`,
        ),
      );
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      throw new ConflictError(
        'A branch of the repository was moved in the meantime; nothing was changed. Try again from where it is now',
      );
    }
  }

  async close(): Promise<void> {
    await fs.rm(this.repository, { recursive: true, force: true });
  }

  /** One transaction: all names are moved, or none. */
  async #update(repository: string, lines: string[]): Promise<void> {
    await runGit(['update-ref', '--stdin'], {
      repository,
      input: ['start', ...lines, 'prepare', 'commit', ''].join('\n'),
    });
  }
}
