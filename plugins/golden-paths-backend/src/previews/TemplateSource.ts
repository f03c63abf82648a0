import {
  isChildPath,
  type LoggerService,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import {
  getEntitySourceLocation,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import {
  walkFolder,
  type TemplateFile,
} from '@waymark/plugin-golden-paths-node';
import fs from 'node:fs/promises';
import path from 'node:path';
import { SizeLimit } from './SizeLimit';

/** Reads the folder a template lies in, from where the catalog got the template. */
export class TemplateSource {
  readonly #reader: UrlReaderService;
  readonly #integrations: ScmIntegrations;
  readonly #localFolders: string[];
  readonly #logger: LoggerService;

  private constructor(options: SourceOptions) {
    this.#reader = options.reader;
    this.#integrations = options.integrations;
    this.#localFolders = options.localFolders;
    this.#logger = options.logger;
  }

  static create(options: SourceOptions): TemplateSource {
    return new TemplateSource(options);
  }

  /**
   * @throws NotAllowedError when the template lies on this machine, outside the folders given
   * @throws InputError when the folder is too large, or its location is of a kind that is not known
   * @throws ServiceUnavailableError when it cannot be read
   */
  async readFolderOf(template: Entity): Promise<TemplateFile[]> {
    const ref = stringifyEntityRef(template);
    const { type, target } = getEntitySourceLocation(template);
    const limit = new SizeLimit(ref);
    switch (type) {
      case 'file':
        return this.#readLocal(ref, target, limit);
      case 'url':
        return this.#readUrl(ref, target, limit);
      default:
        throw new InputError(
          `${ref} comes from a location of type ${type}; only url and file can be previewed`,
        );
    }
  }

  async #readLocal(ref: string, target: string, limit: SizeLimit) {
    const folder = target.endsWith('/') ? target : path.dirname(target);
    if (!this.#localFolders.some(known => isChildPath(known, folder))) {
      throw new NotAllowedError(
        `${ref} lies outside the folders that catalog.locations names, and is not read for a preview`,
      );
    }
    return this.#collect(ref, limit, walkFolder(folder));
  }

  async #readUrl(ref: string, target: string, limit: SizeLimit) {
    const url = this.#integrations.resolveUrl({ url: '.', base: target });
    return this.#collect(ref, limit, this.#readTree(url));
  }

  async *#readTree(url: string): AsyncGenerator<TemplateFile> {
    const tree = await this.#reader.readTree(url);
    // Only files on a disk say whether they are programs.
    const folder = await tree.dir();
    try {
      yield* walkFolder(folder);
    } finally {
      await fs.rm(folder, { recursive: true, force: true });
    }
  }

  async #collect(
    ref: string,
    limit: SizeLimit,
    files: AsyncGenerator<TemplateFile>,
  ): Promise<TemplateFile[]> {
    const collected: TemplateFile[] = [];
    try {
      for await (const file of files) {
        limit.add(file.content.length);
        collected.push(file);
      }
    } catch (error) {
      if (error instanceof InputError) throw error;
      this.#logger.warn(`The files of ${ref} cannot be read: ${error}`);
      throw new ServiceUnavailableError(
        `The files of ${ref} cannot be read from its source. Try again in a moment; if it stays so, tell its owner.`,
      );
    }
    return collected;
  }
}

type SourceOptions = {
  reader: UrlReaderService;
  integrations: ScmIntegrations;
  /** The folders on this machine that templates may be read from; absolute. */
  localFolders: string[];
  logger: LoggerService;
};
