import { InputError } from '@backstage/errors';
import { isUtf8 } from 'node:buffer';
import { Transform, type TransformCallback } from 'node:stream';
import { requireBearable } from './largest';
import { BrokenTextError } from './refused';

/** Longer than any honest line, and short enough to be held in memory. */
export const longestLine = 1_000_000;

const lineEnd = 0x0a;

/** How many bytes a character has that begins with this one. */
function lengthOf(first: number): number {
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}

/** How many bytes at the end belong to a character that goes on in the next chunk. */
function openBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      return lengthOf(byte) > back ? back : 0;
    }
  }
  return 0;
}

/**
 * Lets UTF-8 through, line by line of a bearable length, and fails on anything
 * else with the line where it stands.
 */
export class TextCheck extends Transform {
  #line = 1;
  #inLine = 0;
  #open = Buffer.alloc(0);
  #begun = false;
  #bytes = 0;
  readonly #largest: number;

  /** @param largest - bytes that the text may have; what was packed can be anything */
  constructor(largest: number) {
    super();
    this.#largest = largest;
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: TransformCallback,
  ): void {
    try {
      this.#check(chunk);
      done(null, chunk);
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    done(this.#open.length > 0 ? this.#notUtf8() : null);
  }

  #check(chunk: Buffer): void {
    this.#bytes += chunk.length;
    requireBearable('The text of the file', this.#bytes, this.#largest);
    if (!this.#begun) {
      this.#begun = true;
      const mark = chunk.subarray(0, 2).toString('hex');
      if (mark === 'fffe' || mark === 'feff') {
        throw new InputError('The file is UTF-16; write it as UTF-8');
      }
    }
    const bytes =
      this.#open.length > 0 ? Buffer.concat([this.#open, chunk]) : chunk;
    const open = openBytes(bytes);
    const whole = bytes.subarray(0, bytes.length - open);
    if (!isUtf8(whole)) {
      this.#findWrongLine(whole);
      throw this.#notUtf8();
    }
    this.#open = Buffer.from(bytes.subarray(bytes.length - open));
    this.#measureLines(chunk);
  }

  #measureLines(chunk: Buffer): void {
    const nul = chunk.indexOf(0);
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(lineEnd, start);
      if (nul >= start && (end < 0 || nul < end)) {
        throw new BrokenTextError(
          this.#line,
          'has a NUL character; is the file text?',
        );
      }
      this.#inLine += (end < 0 ? chunk.length : end) - start;
      if (this.#inLine > longestLine) {
        throw new BrokenTextError(
          this.#line,
          `is longer than ${longestLine} bytes; is a quotation mark missing?`,
        );
      }
      if (end < 0) break;
      this.#line += 1;
      this.#inLine = 0;
      start = end + 1;
    }
  }

  #findWrongLine(bytes: Buffer): void {
    let start = 0;
    for (;;) {
      const end = bytes.indexOf(lineEnd, start);
      const line = bytes.subarray(start, end < 0 ? bytes.length : end);
      if (end < 0 || !isUtf8(line)) return;
      this.#line += 1;
      start = end + 1;
    }
  }

  #notUtf8(): BrokenTextError {
    return new BrokenTextError(
      this.#line,
      'is not UTF-8; write the file as UTF-8',
    );
  }
}
