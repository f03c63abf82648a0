import { InputError, NotFoundError } from '@backstage/errors';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Layer } from '../render/combineLayers';
import type { TemplateFile } from '../render/TemplateFile';
import { walkFolder } from '../render/walkFolder';

/** A name has no dot and no slash, so that it stays below the folder. */
const layerName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** What golden paths share: each layer is a folder of files, found by its name alone. */
export class Layers {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * @throws InputError when it is no name
   * @throws NotFoundError that lists what there is
   */
  async read(name: string): Promise<Layer> {
    if (!layerName.test(name)) {
      throw new InputError(
        `"${name}" is not the name of a layer: lower-case words joined by hyphens`,
      );
    }
    const known = await this.#names();
    if (!known.includes(name)) {
      throw new NotFoundError(
        `There is no layer "${name}". There are: ${known.join(', ') || 'none'}`,
      );
    }
    const files: TemplateFile[] = [];
    for await (const file of walkFolder(path.join(this.#folder, name))) {
      files.push(file);
    }
    return { name, files };
  }

  async #names(): Promise<string[]> {
    const entries = await fs.readdir(this.#folder, { withFileTypes: true });
    return entries
      .filter(entry => entry.isDirectory())
      .map(entry => entry.name)
      .sort();
  }
}
