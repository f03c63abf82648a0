import { InputError } from '@backstage/errors';

const maxFiles = 1000;
// The scaffolder takes requests of up to 10 MB, and files travel as base64.
const maxBytes = 6 * 1024 * 1024;

/** Stops the reading of a template that is too large to preview. */
export class SizeLimit {
  readonly #ref: string;
  #files = 0;
  #bytes = 0;

  constructor(ref: string) {
    this.#ref = ref;
  }

  /**
   * Counts one more file.
   *
   * @throws InputError when it is one too many, or too large together with those before
   */
  add(bytes: number): void {
    this.#files += 1;
    this.#bytes += bytes;
    if (this.#files > maxFiles || this.#bytes > maxBytes) {
      throw new InputError(
        `${
          this.#ref
        } is too large to preview: its folder holds more than ${maxFiles} files or ${
          maxBytes / 1024 / 1024
        } MiB. It can be used all the same.`,
      );
    }
  }
}
