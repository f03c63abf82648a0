import type {
  UrlReaderService,
  UrlReaderServiceReadTreeOptions,
  UrlReaderServiceReadTreeResponse,
  UrlReaderServiceReadUrlOptions,
  UrlReaderServiceReadUrlResponse,
  UrlReaderServiceSearchOptions,
  UrlReaderServiceSearchResponse,
} from '@backstage/backend-plugin-api';
import {
  ReadUrlResponseFactory,
  type ReaderFactory,
  type ReadTreeResponseFactory,
} from '@backstage/backend-defaults/urlReader';
import { InputError, NotModifiedError } from '@backstage/errors';
import {
  LocalRepositories,
  parseRawUrl,
  rawUrl,
  readRepositorySettings,
  type RepositoryPath,
} from '@waymark/plugin-repositories-node';
import { minimatch } from 'minimatch';
import { Readable } from 'node:stream';

/**
 * Reads files of the portal's own repositories for the catalog, the docs and
 * the scaffolder: from the disk, where they would otherwise ask this same
 * portal over HTTP and have to prove who they are.
 */
export class LocalUrlReader implements UrlReaderService {
  readonly #baseUrl: string;
  readonly #repositories: LocalRepositories;
  readonly #trees: ReadTreeResponseFactory;

  constructor(options: {
    baseUrl: string;
    repositories: LocalRepositories;
    trees: ReadTreeResponseFactory;
  }) {
    this.#baseUrl = options.baseUrl;
    this.#repositories = options.repositories;
    this.#trees = options.trees;
  }

  static factory: ReaderFactory = ({ config, treeResponseFactory }) => {
    const settings = readRepositorySettings(config);
    if (settings.host !== 'local') return [];
    return [
      {
        reader: new LocalUrlReader({
          baseUrl: settings.baseUrl,
          repositories: new LocalRepositories(settings),
          trees: treeResponseFactory,
        }),
        predicate: url => parseRawUrl(settings.baseUrl, url) !== undefined,
      },
    ];
  };

  async readUrl(
    url: string,
    options?: UrlReaderServiceReadUrlOptions,
  ): Promise<UrlReaderServiceReadUrlResponse> {
    const { content, commit } = await this.#repositories.file(this.#at(url));
    this.#requireNews(commit, options?.etag);
    return ReadUrlResponseFactory.fromReadable(Readable.from([content]), {
      etag: commit,
    });
  }

  async readTree(
    url: string,
    options?: UrlReaderServiceReadTreeOptions,
  ): Promise<UrlReaderServiceReadTreeResponse> {
    const { name, ref, path } = this.#at(url);
    const commit = await this.#repositories.commitOf(name, ref);
    this.#requireNews(commit, options?.etag);
    return this.#trees.fromTarArchive({
      stream: await this.#repositories.archive({ name, commit, path }),
      etag: commit,
      filter: options?.filter,
      stripFirstDirectory: false,
    });
  }

  async search(
    url: string,
    options?: UrlReaderServiceSearchOptions,
  ): Promise<UrlReaderServiceSearchResponse> {
    const at = this.#at(url);
    const commit = await this.#repositories.commitOf(at.name, at.ref);
    this.#requireNews(commit, options?.etag);
    const paths = /[*?]/.test(at.path) ? await this.#matching(at) : [at.path];
    const files = paths.map(path => ({
      url: rawUrl(this.#baseUrl, { ...at, path }),
      content: async () =>
        (await this.#repositories.file({ ...at, ref: commit, path })).content,
    }));
    if (!/[*?]/.test(at.path)) {
      // A file that is not there is an error here, as with every other reader.
      await files[0].content();
    }
    return { files, etag: commit };
  }

  toString(): string {
    return `localRepositories{${this.#baseUrl}}`;
  }

  #at(url: string): RepositoryPath {
    const at = parseRawUrl(this.#baseUrl, url);
    if (!at) {
      throw new InputError(
        'The URL names no file of a repository of this portal',
      );
    }
    return at;
  }

  #requireNews(commit: string, etag: string | undefined): void {
    if (etag === commit) throw new NotModifiedError();
  }

  async #matching(at: RepositoryPath): Promise<string[]> {
    const { entries } = await this.#repositories.tree({
      ...at,
      path: '',
      recursive: true,
    });
    return entries
      .filter(({ type, path }) => type === 'file' && minimatch(path, at.path))
      .map(({ path }) => path);
  }
}
