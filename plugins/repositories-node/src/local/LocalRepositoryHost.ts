import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import fs from 'node:fs/promises';
import path from 'node:path';
import type {
  Checks,
  PublishedRepository,
  PublishRequest,
  RepositoryHost,
  WorkingCopy,
} from '../RepositoryHost';
import { requireRepositoryName } from '../repositoryName';
import type { LocalSettings } from '../settings';
import { localUrls } from './localUrls';
import { LocalWorkingCopy } from './LocalWorkingCopy';
import { GitFailure, runGit } from './runGit';
import { newWorkFolder, removeAbandonedWork } from './workFolders';

const branchPattern = /^[A-Za-z0-9]+([._/-][A-Za-z0-9]+)*$/;
const madeBy = 'waymark.task';
const publishTimeoutMs = 120_000;

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

/**
 * Keeps repositories as bare ones in a folder of the portal. Each is made
 * beside its place and renamed into it, so nobody ever sees half of one.
 */
export class LocalRepositoryHost implements RepositoryHost {
  readonly id = 'local';
  readonly reviews = false;
  readonly #settings: LocalSettings;
  readonly #logger: LoggerService;

  private constructor(settings: LocalSettings, logger: LoggerService) {
    this.#settings = settings;
    this.#logger = logger;
  }

  /** Makes the folder ready, and clears what a killed process left in it. */
  static async create(options: {
    settings: LocalSettings;
    logger: LoggerService;
  }): Promise<LocalRepositoryHost> {
    const { settings, logger } = options;
    await fs.mkdir(settings.directory, { recursive: true });
    const removed = await removeAbandonedWork(settings.directory);
    if (removed > 0) {
      logger.info(`Removed what killed processes left half-made: ${removed}`);
    }
    return new LocalRepositoryHost(settings, logger);
  }

  urlsFor(options: {
    name: string;
    defaultBranch: string;
  }): PublishedRepository {
    requireRepositoryName(options.name);
    return localUrls(this.#settings.baseUrl, options);
  }

  async exists(name: string): Promise<boolean> {
    return (await this.#taskOf(name)) !== undefined;
  }

  async isMadeBy(options: { name: string; taskId: string }): Promise<boolean> {
    return (await this.#taskOf(options.name)) === options.taskId;
  }

  async publish(request: PublishRequest): Promise<PublishedRepository> {
    const { name, defaultBranch } = request;
    const urls = this.urlsFor({ name, defaultBranch });
    if (!branchPattern.test(defaultBranch)) {
      throw new InputError(
        `"${defaultBranch}" cannot be a branch's name; take a name such as main`,
      );
    }
    if (await this.#isAlreadyPublished(request)) return urls;
    const work = newWorkFolder(this.#settings.directory);
    try {
      await this.#commit(work, request);
      await this.#putInPlace(work, request);
    } catch (error) {
      throw this.#explained(error, name);
    } finally {
      await fs.rm(work, { recursive: true, force: true });
    }
    this.#logger.info(`Published the repository ${name}`, {
      repository: name,
      task: request.taskId,
    });
    return urls;
  }

  async discard(options: { name: string; taskId: string }): Promise<boolean> {
    const { name } = options;
    if (!(await this.isMadeBy(options))) return false;
    // Out of sight in one step; a kill in the middle leaves a work folder, never half a repository.
    const work = newWorkFolder(this.#settings.directory);
    await fs.rename(this.#placeOf(name), work);
    await fs.rm(work, { recursive: true, force: true });
    this.#logger.info(`Discarded the repository ${name}`, {
      repository: name,
      task: options.taskId,
    });
    return true;
  }

  async open(name: string): Promise<WorkingCopy> {
    if (!(await this.exists(name))) {
      throw new NotFoundError(`There is no repository named ${name}`);
    }
    try {
      return await LocalWorkingCopy.open({
        place: this.#placeOf(name),
        work: newWorkFolder(this.#settings.directory),
      });
    } catch (error) {
      throw this.#explained(error, name);
    }
  }

  /** Nobody reviews here: the branch itself is the proposal. */
  async propose(): Promise<undefined> {
    return undefined;
  }

  /** Nothing runs on what is pushed here, so nothing is ever green. */
  async mergeWhenGreen(): Promise<{ checks: Checks; merged: false }> {
    return { checks: { state: 'none', notPassed: [] }, merged: false };
  }

  #placeOf(name: string): string {
    return path.join(
      this.#settings.directory,
      `${requireRepositoryName(name)}.git`,
    );
  }

  /** The task that made it; empty when no task did; `undefined` when it does not exist. */
  async #taskOf(name: string): Promise<string | undefined> {
    const place = this.#placeOf(name);
    try {
      await fs.stat(place);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw this.#explained(error, name);
    }
    try {
      const task = await runGit(['config', '--local', '--get', madeBy], {
        repository: place,
      });
      return task.toString('utf8').trim();
    } catch (error) {
      if (error instanceof GitFailure && error.exitCode === 1) return '';
      throw this.#explained(error, name);
    }
  }

  async #isAlreadyPublished(request: PublishRequest): Promise<boolean> {
    const task = await this.#taskOf(request.name);
    if (task === undefined) return false;
    if (task === request.taskId) return true;
    throw new ConflictError(
      `A repository named ${request.name} exists already; choose another name`,
    );
  }

  async #commit(work: string, request: PublishRequest): Promise<void> {
    const { author, defaultBranch, directory } = request;
    const git = (args: string[], env?: Record<string, string>) =>
      runGit(args, { repository: work, env, timeoutMs: publishTimeoutMs });
    await git([
      'init',
      '--quiet',
      '--bare',
      '--template=',
      `--initial-branch=${defaultBranch}`,
    ]);
    await git(['config', '--local', madeBy, request.taskId]);
    await fs.writeFile(
      path.join(work, 'description'),
      `${request.description.replace(/\s+/g, ' ').trim()}\n`,
    );
    const from = `--work-tree=${directory}`;
    await git([from, 'add', '--all']);
    if ((await git(['ls-files', '-z'])).length === 0) {
      throw new InputError(
        `There is nothing to publish as ${request.name}: the folder holds no files. If the task was interrupted, its files are gone; start again from the template`,
      );
    }
    await git(
      [from, 'commit', '--quiet', '--no-verify', '-m', request.commitMessage],
      {
        GIT_AUTHOR_NAME: author.name,
        GIT_AUTHOR_EMAIL: author.email,
        GIT_COMMITTER_NAME: author.name,
        GIT_COMMITTER_EMAIL: author.email,
      },
    );
    await fs.rm(path.join(work, 'index'), { force: true });
  }

  async #putInPlace(work: string, request: PublishRequest): Promise<void> {
    try {
      await fs.rename(work, this.#placeOf(request.name));
    } catch (error) {
      const code = codeOf(error);
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
      // Somebody was faster with this name; it may have been this very task.
      await this.#isAlreadyPublished(request);
      return;
    }
    // What is answered as published must survive a power cut.
    const folder = await fs.open(this.#settings.directory, 'r');
    await folder.sync().finally(() => folder.close());
  }

  /** Errors of the disk and of Git name paths: those stay in the log. */
  #explained(error: unknown, name: string): unknown {
    if (!(error instanceof GitFailure) && codeOf(error) === undefined) {
      return error;
    }
    this.#logger.error(
      `The repository ${name} could not be made or read: ${error}`,
    );
    const full =
      codeOf(error) === 'ENOSPC' ||
      (error instanceof GitFailure && /no space left/i.test(error.stderr));
    return new ServiceUnavailableError(
      full
        ? `The repository ${name} was not written: the portal's disk is full. Nothing of it is left; try again when there is room`
        : `The portal's folder of repositories cannot be used just now, so ${name} was neither made nor changed. Try again; if it stays so, the platform team finds the reason in the portal's log`,
    );
  }
}
