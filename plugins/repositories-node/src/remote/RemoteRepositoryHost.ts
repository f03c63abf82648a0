import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { newWorkFolder, removeAbandonedWork } from '../local/workFolders';
import type {
  Checks,
  GreenMerge,
  MergeProposal,
  PublishedRepository,
  PublishRequest,
  RepositoryHost,
  WorkingCopy,
} from '../RepositoryHost';
import { requireRepositoryName } from '../repositoryName';
import type { RemoteSettings } from '../settings';
import { RemoteWorkingCopy, type GitRemote } from './RemoteWorkingCopy';

/** What a Git host outside can be asked; each kind of host has one of these. */
export interface RemoteRepositories {
  /** The repository's topics, or `undefined` when it does not exist. */
  topicsOf(name: string): Promise<string[] | undefined>;
  /** Makes the repository under a topic and pushes the first commit. */
  create(request: PublishRequest, topic: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** How Git reaches the repository, or `undefined` when it does not exist. */
  remoteOf(name: string): Promise<GitRemote | undefined>;
  /** Opens a pull or merge request, or finds the open one; answers its address. */
  propose(proposal: MergeProposal): Promise<string>;
  /** Merges the open request when every check of the commit has passed. */
  mergeWhenGreen(
    merge: GreenMerge,
  ): Promise<{ checks: Checks; merged: boolean }>;
  urlsFor(options: {
    name: string;
    defaultBranch: string;
  }): PublishedRepository;
}

/** The host answered with an error. */
export class RemoteFailure extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'RemoteFailure';
    this.status = status;
  }
}

/** The HTTP status in an error of ours or of a client library. */
function statusOf(error: unknown): number | undefined {
  const { status } = error as { status?: unknown };
  return typeof status === 'number' ? status : undefined;
}

/** Where copies are worked in; one that a killed process left is removed. */
const workDirectory = path.join(os.tmpdir(), 'waymark-working-copies');

/** Says in its message already what a person can do about it. */
function isForPeople(error: unknown): boolean {
  return (
    error instanceof InputError ||
    error instanceof ConflictError ||
    error instanceof NotAllowedError ||
    error instanceof NotFoundError
  );
}

/** What GitHub and GitLab answer where a merge is not to be had. */
const cannotBeMerged = new Set([405, 406, 409, 422]);

/** A topic by which a repository remembers its task: hosts allow few characters in one. */
function topicOf(taskId: string): string {
  const sum = createHash('sha256').update(taskId).digest('hex');
  return `waymark-${sum.slice(0, 24)}`;
}

/** Makes repositories on a host outside, and takes back what it half made. */
export class RemoteRepositoryHost implements RepositoryHost {
  readonly id: string;
  readonly reviews = true;
  readonly #settings: RemoteSettings;
  readonly #remote: RemoteRepositories;
  #cleared: Promise<unknown> | undefined;

  constructor(options: {
    settings: RemoteSettings;
    remote: RemoteRepositories;
  }) {
    this.id = options.settings.host;
    this.#settings = options.settings;
    this.#remote = options.remote;
  }

  urlsFor(options: {
    name: string;
    defaultBranch: string;
  }): PublishedRepository {
    requireRepositoryName(options.name);
    return this.#remote.urlsFor(options);
  }

  async exists(name: string): Promise<boolean> {
    return (await this.#topicsOf(name)) !== undefined;
  }

  async isMadeBy(options: { name: string; taskId: string }): Promise<boolean> {
    const topics = await this.#topicsOf(options.name);
    return topics?.includes(topicOf(options.taskId)) ?? false;
  }

  async publish(request: PublishRequest): Promise<PublishedRepository> {
    const { name, taskId } = request;
    const urls = this.urlsFor(request);
    const topic = topicOf(taskId);
    const topics = await this.#topicsOf(name);
    if (topics && !topics.includes(topic)) {
      throw new ConflictError(
        `${this.#settings.owner} has a repository named ${name} on ${
          this.#settings.hostname
        } already; choose another name`,
      );
    }
    // What an interrupted run of this task left may lack its commit: begin anew.
    if (topics) await this.#ask(name, () => this.#remote.remove(name));
    try {
      await this.#ask(name, () => this.#remote.create(request, topic));
    } catch (error) {
      await this.#takeBack(request, error);
    }
    return urls;
  }

  async discard(options: { name: string; taskId: string }): Promise<boolean> {
    if (!(await this.isMadeBy(options))) return false;
    await this.#ask(options.name, () => this.#remote.remove(options.name));
    return true;
  }

  async open(name: string): Promise<WorkingCopy> {
    requireRepositoryName(name);
    this.#cleared ??= fs
      .mkdir(workDirectory, { recursive: true })
      .then(() => removeAbandonedWork(workDirectory));
    await this.#cleared;
    return this.#ask(name, async () => {
      const remote = await this.#remote.remoteOf(name);
      if (!remote) {
        throw new NotFoundError(
          `${this.#settings.owner} has no repository named ${name} on ${
            this.#settings.hostname
          }`,
        );
      }
      const copy = await RemoteWorkingCopy.open(
        remote,
        newWorkFolder(workDirectory),
      );
      return {
        repository: copy.repository,
        defaultBranch: copy.defaultBranch,
        branches: copy.branches,
        publish: moves => this.#ask(name, () => copy.publish(moves)),
        close: () => copy.close(),
      };
    });
  }

  propose(proposal: MergeProposal): Promise<string> {
    return this.#ask(proposal.name, () => this.#remote.propose(proposal));
  }

  async mergeWhenGreen(
    merge: GreenMerge,
  ): Promise<{ checks: Checks; merged: boolean }> {
    return this.#ask(merge.name, async () => {
      try {
        return await this.#remote.mergeWhenGreen(merge);
      } catch (error) {
        if (!cannotBeMerged.has(statusOf(error) ?? 0)) throw error;
        throw new ConflictError(
          `${this.#settings.hostname} does not merge ${merge.branch} of ${
            merge.name
          } by itself: people changed it, or a rule of the repository asks for more. Its page there says what`,
        );
      }
    });
  }

  #topicsOf(name: string): Promise<string[] | undefined> {
    requireRepositoryName(name);
    return this.#ask(name, () => this.#remote.topicsOf(name));
  }

  /** Removes the half-made repository, and throws on with what became of it. */
  async #takeBack(request: PublishRequest, cause: unknown): Promise<never> {
    const undone = await this.discard(request).catch(() => undefined);
    if (undone !== undefined) throw cause;
    throw new ServiceUnavailableError(
      `Publishing ${
        request.name
      } failed, and so did removing what was made of it: look at ${
        this.urlsFor(request).repositoryUrl
      } and remove it by hand`,
      cause,
    );
  }

  async #ask<T>(name: string, question: () => Promise<T>): Promise<T> {
    const { hostname, owner } = this.#settings;
    try {
      return await question();
    } catch (error) {
      if (isForPeople(error)) throw error;
      const status = statusOf(error);
      if (status === 401 || status === 403) {
        throw new NotAllowedError(
          `${hostname} refused what the portal asked about ${owner}/${name} with ${status}. The portal's token for ${hostname} lacks the right to make repositories in ${owner}; the platform team sets it under integrations`,
          error,
        );
      }
      throw new ServiceUnavailableError(
        `${hostname} did not answer as it should about ${owner}/${name}${
          status ? ` (${status})` : ''
        }; try again when it does`,
        error,
      );
    }
  }
}
