import { InputError, isError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Upload } from './ImportsService';
import { requireBearable } from './largest';

/** A file as it arrived. */
export type StoredFile = { bytes: number; digest: string };

const forgottenMs = 24 * 60 * 60_000;
const workSuffix = '.work';

/** Keeps files that were handed in until they are read, by the ids of their imports. */
export class FileStore {
  readonly #directory: string;
  readonly #largest: number;

  /** @param largest - bytes that a file may have */
  constructor(directory: string, largest: number) {
    this.#directory = directory;
    this.#largest = largest;
  }

  /** Where the file of an import is. */
  pathOf(id: string): string {
    return path.join(this.#directory, id);
  }

  /**
   * Writes a file as it arrives. Nothing is left when the sender goes away.
   *
   * @throws InputError when it is larger than files may be, or empty
   */
  async put(
    id: string,
    { content, announced = 0 }: Upload,
  ): Promise<StoredFile> {
    const largest = this.#largest;
    requireBearable('The file', announced, largest);
    await fs.mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const hash = createHash('sha256');
    let bytes = 0;
    const measure = new Transform({
      transform(chunk, _encoding, done) {
        hash.update(chunk);
        bytes += chunk.length;
        try {
          requireBearable('The file', bytes, largest);
          done(null, chunk);
        } catch (error) {
          done(error as Error);
        }
      },
    });
    const file = this.pathOf(id);
    try {
      await pipeline(
        content,
        measure,
        createWriteStream(file, { mode: 0o600, flush: true }),
      );
      if (bytes === 0) {
        throw new InputError('The body is empty; send the file as the body');
      }
    } catch (error) {
      await fs.rm(file, { force: true });
      throw error;
    }
    return { bytes, digest: hash.digest('hex') };
  }

  /** Which of the imports have their file here. */
  async held(ids: string[]): Promise<string[]> {
    const found = await Promise.all(
      ids.map(id =>
        fs.access(this.pathOf(id)).then(
          () => true,
          () => false,
        ),
      ),
    );
    return ids.filter((_, index) => found[index]);
  }

  /** An empty folder to work in while a file is read. */
  async workFolder(id: string): Promise<string> {
    const folder = `${this.pathOf(id)}${workSuffix}`;
    await fs.rm(folder, { recursive: true, force: true });
    await fs.mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  async removeWorkFolder(id: string): Promise<void> {
    await fs.rm(`${this.pathOf(id)}${workSuffix}`, {
      recursive: true,
      force: true,
    });
  }

  async remove(id: string): Promise<void> {
    await this.removeWorkFolder(id);
    await fs.rm(this.pathOf(id), { force: true });
  }

  /** Removes what a process that was killed left behind, a day later. */
  async sweep(needed: string[]): Promise<void> {
    const names = await fs.readdir(this.#directory).catch(error => {
      if (isError(error) && 'code' in error && error.code === 'ENOENT') {
        return [];
      }
      throw error;
    });
    for (const name of names) {
      const id = path.basename(name, workSuffix);
      const file = path.join(this.#directory, name);
      const stat = await fs.stat(file).catch(() => undefined);
      const isForgotten = stat && Date.now() - stat.mtimeMs > forgottenMs;
      if (isForgotten && !needed.includes(id)) {
        await fs.rm(file, { recursive: true, force: true });
      }
    }
  }
}
