import type { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  type CatalogProcessor,
  type CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';
import type { JsonObject, JsonValue } from '@backstage/types';
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { CatalogFolders } from './CatalogFolders';

const PARSERS: Record<string, (content: string) => JsonValue> = {
  $text: content => content,
  $json: content => JSON.parse(content),
  $yaml: content => parseYaml(content),
};

/**
 * Fills in `$text`, `$json` and `$yaml` of catalog files on disk, where the
 * placeholder names a file beside them. The catalog's own processor knows
 * placeholders of files behind a URL only; it still gets all of those.
 */
export class FilePlaceholderProcessor implements CatalogProcessor {
  readonly #folders: CatalogFolders;

  constructor(options: { folders: CatalogFolders }) {
    this.#folders = options.folders;
  }

  getProcessorName() {
    return 'FilePlaceholderProcessor';
  }

  /** Before the catalog's own, which rejects what it cannot make a URL of. */
  getPriority() {
    return 10;
  }

  async preProcessEntity(
    entity: Entity,
    location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    if (location.type !== 'file') {
      return entity;
    }
    const filled = await this.#fill(entity as JsonObject, location, emit);
    return filled as Entity;
  }

  async #fill<T extends JsonValue | undefined>(
    value: T,
    location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<JsonValue | undefined> {
    if (Array.isArray(value)) {
      const items = value.map(item => this.#fill(item, location, emit));
      return (await Promise.all(items)) as JsonValue[];
    }
    if (!value || typeof value !== 'object') {
      return value;
    }
    const entries = Object.entries(value);
    if (entries.length === 1) {
      const [[key, target]] = entries;
      if (key in PARSERS && isRelativePath(target)) {
        return await this.#read(key, target, location, emit);
      }
    }
    return Object.fromEntries(
      await Promise.all(
        entries.map(async ([key, item]) => [
          key,
          await this.#fill(item, location, emit),
        ]),
      ),
    );
  }

  async #read(
    key: string,
    target: string,
    location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<JsonValue> {
    const file = resolve(dirname(location.target), target);
    const said = `Placeholder ${key}: ${target} in ${location.target}`;

    let content: string;
    try {
      if (!(await this.#folders.contain(file))) {
        throw new InputError(
          `${said} lies outside the folders of the configured catalog files; move it beside the catalog file`,
        );
      }
      content = await readFile(file, 'utf8');
    } catch (error) {
      if (error instanceof InputError) {
        throw error;
      }
      throw new InputError(`${said} could not be read`, error);
    }
    emit(processingResult.refresh(`file:${file}`));

    try {
      return PARSERS[key](content);
    } catch (error) {
      throw new InputError(`${said} could not be parsed`, error);
    }
  }
}

function isRelativePath(target: unknown): target is string {
  return (
    typeof target === 'string' && !isAbsolute(target) && !URL.canParse(target)
  );
}
