import { ConflictError } from '@backstage/errors';
import { newWorkFolder, runGit } from '@waymark/plugin-repositories-node';
import { createHash, randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { createRepository, makeBare, signed } from './bareRepository';
import type { RepositorySettings } from './config';
import { explained, isRace } from './failures';

/** Name of a file's content. */
export type Blob = string;
/** What is to be in a file. The text is there where Git may not have it yet. */
export type Content = { blob: Blob; text?: string };
/** Files by path from the top, and what is to be in them; null for one that goes. */
export type Edits = Map<string, Content | null>;

/** A text as Git knows it, without asking Git. */
export function contentOf(text: string): Content {
  const bytes = Buffer.from(text);
  const blob = createHash('sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
  return { blob, text };
}

/** What somebody wants to commit upon a tip; undefined when nothing has to be. */
type Proposal = { edits: Edits; message: string } | undefined;

const refOf = (branch: string) => `refs/heads/${branch}`;

const mostAttempts = 12;
const patienceMs = 60_000;
/** A pause before the next attempt, so that those who collide do not go on to. */
const pauseMs = () => randomInt(20, 250);

/**
 * A branch of a repository elsewhere, and a copy of it here that can be thrown
 * away. Nothing is checked out: commits are made from objects, so that several
 * can be in the making at once.
 */
export class Repository {
  readonly settings: RepositorySettings;
  readonly #workFolder: string;
  #copy: Promise<string> | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(settings: RepositorySettings, workFolder: string) {
    this.settings = settings;
    this.#workFolder = workFolder;
  }

  /** The newest commit of the branch. */
  async tip(): Promise<string> {
    return this.#inTurn(() => this.#fetch());
  }

  /** The files below a folder of a commit; an empty one is the top. */
  async files(commit: string, folder: string): Promise<Map<string, Blob>> {
    const listed = await this.#git([
      'ls-tree',
      '-r',
      '-z',
      '--full-tree',
      commit,
      '--',
      ...(folder ? [`${folder}/`] : []),
    ]);
    return new Map(
      listed
        .toString()
        .split('\0')
        .filter(Boolean)
        .map(line => {
          const [, blob, file] = /^\d+ \w+ (\w+)\t(.*)$/s.exec(line) ?? [];
          return [file, blob];
        }),
    );
  }

  /** What is in files, in the same order. */
  async texts(blobs: Blob[]): Promise<string[]> {
    if (blobs.length === 0) return [];
    const answer = await this.#git(['cat-file', '--batch'], {
      input: blobs.map(blob => `${blob}\n`).join(''),
    });
    let at = 0;
    return blobs.map(() => {
      const line = answer.indexOf('\n', at);
      const size = Number(answer.subarray(at, line).toString().split(' ')[2]);
      at = line + 1 + size + 1;
      return answer.subarray(line + 1, line + 1 + size).toString();
    });
  }

  /** What edits change in each file of a commit, as Git shows it, without the heads that name them. */
  async diffs(commit: string, edits: Edits): Promise<Map<string, string>> {
    const shown = await this.#git([
      'diff-tree',
      '-r',
      '-p',
      '--no-color',
      '--no-ext-diff',
      '--no-renames',
      commit,
      await this.#tree(commit, edits),
    ]);
    return new Map(
      shown
        .toString()
        .split(/^diff --git /m)
        .slice(1)
        .map(part => {
          const [, file] = /^a\/(\S+) b\//.exec(part) ?? [];
          return [file, part.slice(Math.max(part.indexOf('@@'), 0))];
        }),
    );
  }

  /** The newest commit up to another whose message has this line. */
  async find(line: string, tip: string): Promise<string | undefined> {
    const found = await this.#line([
      'log',
      '-1',
      '--format=%H',
      '--fixed-strings',
      `--grep=${line}`,
      tip,
      '--',
    ]);
    return found || undefined;
  }

  /** What a commit says. */
  async message(commit: string): Promise<string> {
    return this.#line(['log', '-1', '--format=%B', commit, '--']);
  }

  /** Whether a commit is here, or can be had. */
  async has(commit: string): Promise<boolean> {
    const isHere = () =>
      this.#git(['cat-file', '-e', `${commit}^{commit}`]).then(
        () => true,
        () => false,
      );
    if (await isHere()) return true;
    await this.tip();
    return isHere();
  }

  /** The newest commit of another branch; undefined when there is none. */
  async branch(name: string): Promise<string | undefined> {
    return this.#inTurn(async () => {
      const { remote } = this.settings;
      const listed = await this.#asked(['ls-remote', remote, refOf(name)]);
      return listed ? this.#fetch(name) : undefined;
    });
  }

  /** Whether a commit is another one, or grew from it. */
  async grewFrom(commit: string, from: string): Promise<boolean> {
    if (commit === from) return true;
    try {
      await this.#git(['fetch', '--quiet', this.settings.remote, commit]);
      await this.#git(['merge-base', '--is-ancestor', from, commit]);
      return true;
    } catch {
      // A commit that cannot be had is none that people are asked about.
      return false;
    }
  }

  /**
   * Commits upon the newest tip, on a branch of its own, whatever was on that.
   *
   * @param propose - what it throws ends the attempt
   * @returns the commit, or the tip when nothing had to be committed
   */
  async offer(
    branch: string,
    propose: (tip: string) => Promise<Proposal>,
    signal: AbortSignal,
  ): Promise<{ commit: string; isOffered: boolean }> {
    return this.#inTurn(async () => {
      const tip = await this.#fetch();
      const proposal = await propose(tip);
      if (!proposal) return { commit: tip, isOffered: false };
      const commit = await this.#commit(tip, proposal);
      signal.throwIfAborted();
      await this.#push(commit, branch, ['--force']).catch(error => {
        throw explained(error, this.settings.name, branch);
      });
      return { commit, isOffered: true };
    });
  }

  /**
   * Commits upon the newest tip, and again upon a newer one when somebody was
   * faster, until it has landed.
   *
   * @param propose - asked again for each tip; what it throws ends the attempt
   * @returns the commit, or the tip when nothing had to be committed
   */
  async land(
    propose: (tip: string) => Promise<Proposal>,
    signal: AbortSignal,
  ): Promise<string> {
    return this.#inTurn(async () => {
      for (let attempt = 1; ; attempt++) {
        const tip = await this.#fetch();
        const proposal = await propose(tip);
        if (!proposal) return tip;
        const commit = await this.#commit(tip, proposal);
        signal.throwIfAborted();
        try {
          await this.#push(commit);
          return commit;
        } catch (error) {
          if (!isRace(error))
            throw explained(error, this.settings.name, this.settings.branch);
          if (attempt === mostAttempts) {
            throw new ConflictError(
              `The branch ${this.settings.branch} of ${this.settings.name} moved ${mostAttempts} times while this was to be committed. Try again.`,
            );
          }
          await delay(pauseMs());
        }
      }
    });
  }

  async #commit(tip: string, proposal: NonNullable<Proposal>): Promise<string> {
    const tree = await this.#tree(tip, proposal.edits);
    return this.#line(['commit-tree', tree, '-p', tip], {
      input: proposal.message,
      env: signed(this.settings.author),
    });
  }

  /** The tree of a commit with edits. */
  async #tree(commit: string, edits: Edits): Promise<string> {
    const index = newWorkFolder(this.#workFolder);
    const env = { GIT_INDEX_FILE: index };
    try {
      await this.#git(['read-tree', commit], { env });
      for (const content of edits.values()) {
        if (content?.text !== undefined) {
          await this.#git(['hash-object', '-w', '--stdin'], {
            input: content.text,
          });
        }
      }
      const gone = '0'.repeat(commit.length);
      await this.#git(['update-index', '-z', '--index-info'], {
        env,
        input: [...edits]
          .map(([file, content]) =>
            content
              ? `100644 ${content.blob}\t${file}\0`
              : `0 ${gone}\t${file}\0`,
          )
          .join(''),
      });
      return await this.#line(['write-tree'], { env });
    } finally {
      await fs.rm(index, { force: true });
    }
  }

  async #fetch(branch = this.settings.branch): Promise<string> {
    const here = `refs/remotes/origin/${branch}`;
    await this.#asked([
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      this.settings.remote,
      `+${refOf(branch)}:${here}`,
    ]);
    return this.#line(['rev-parse', '--verify', `${here}^{commit}`]);
  }

  /** Asks the repository elsewhere. */
  async #asked(args: string[]): Promise<string> {
    try {
      return await this.#line(args);
    } catch (error) {
      throw explained(error, this.settings.name, this.settings.branch);
    }
  }

  async #push(
    commit: string,
    branch = this.settings.branch,
    options: string[] = [],
  ): Promise<void> {
    const to = `${commit}:${refOf(branch)}`;
    await this.#git(['push', '--quiet', ...options, this.settings.remote, to]);
  }

  /** One after the other: within a process nobody has to collide. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => {});
    return turn;
  }

  async #line(
    args: string[],
    options: { input?: string; env?: Record<string, string> } = {},
  ): Promise<string> {
    return (await this.#git(args, options)).toString().trim();
  }

  async #git(
    args: string[],
    options: { input?: string; env?: Record<string, string> } = {},
  ): Promise<Buffer> {
    return runGit(args, {
      repository: await this.#prepared(),
      timeoutMs: patienceMs,
      input: options.input,
      env: { ...this.#signIn(), ...options.env },
    });
  }

  /** Through the environment: arguments can be seen by others on the machine. */
  #signIn(): Record<string, string> {
    const { credentials } = this.settings;
    if (!credentials) return {};
    const { username, password } = credentials;
    const pair = Buffer.from(`${username}:${password}`).toString('base64');
    return {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `http.${
        new URL(this.settings.remote).origin
      }/.extraHeader`,
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${pair}`,
    };
  }

  #prepared(): Promise<string> {
    this.#copy = this.#orAnew(this.#copy);
    return this.#copy;
  }

  /** A copy that is there, or another: somebody may clear the folder, or it could not be made before. */
  async #orAnew(before: Promise<string> | undefined): Promise<string> {
    const copy = await before?.catch(() => undefined);
    return copy && existsSync(copy) ? copy : this.#prepare();
  }

  async #prepare(): Promise<string> {
    const { create, branch, remote } = this.settings;
    await fs.mkdir(this.#workFolder, { recursive: true });
    if (create && !existsSync(remote)) await createRepository(this.settings);
    const copy = newWorkFolder(this.#workFolder);
    await makeBare(copy, branch);
    return copy;
  }
}
