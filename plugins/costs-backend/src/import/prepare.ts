import { InputError, isError } from '@backstage/errors';
import type { ImportReport } from '@waymark/plugin-costs-common';
import { createReadStream, createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { valuesOfLine } from '../charges/csvLine';
import { counted } from './counted';
import { refused, reportOf } from './refused';
import { longestLine, TextCheck } from './TextCheck';

/** A file that DuckDB can read, and how it was packed. */
export type PreparedFile = { path: string; format: ImportReport['format'] };

const chunkBytes = 1024 * 1024;

const nowhere = () =>
  new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });

async function firstBytes(file: string, count: number): Promise<Buffer> {
  const handle = await fs.open(file);
  try {
    const { bytesRead, buffer } = await handle.read({
      buffer: Buffer.alloc(count),
      position: 0,
    });
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** What a file is, by its first bytes; names lie. */
async function formatOf(file: string): Promise<ImportReport['format']> {
  const start = (await firstBytes(file, 4)).toString('latin1');
  if (start === 'PAR1') return 'parquet';
  if (start.startsWith('\x1f\x8b')) return 'gzip';
  if (start.startsWith('PK') || start === '\x28\xb5\x2f\xfd') {
    throw new InputError(
      'The file is packed in a way that is not read; send CSV, CSV in gzip, or Parquet',
    );
  }
  return 'csv';
}

function explainGzip(error: unknown): unknown {
  const code = isError(error) && 'code' in error ? error.code : undefined;
  if (code === 'Z_BUF_ERROR') {
    return new InputError(
      'The gzip file ends too early; it was cut short on its way. Send it again',
    );
  }
  return typeof code === 'string' && code.startsWith('Z_')
    ? new InputError(
        'The gzip file is damaged: its content does not fit its checksum. Send it again',
      )
    : error;
}

/**
 * Unpacks a file and looks whether it is text that can be read.
 *
 * @param options.folder - takes what is unpacked
 * @param options.largestBytes - of its text
 * @param options.onBytes - told of bytes of the file that were looked at
 * @throws RefusedFileError that says what is wrong with the file
 */
export async function prepare(
  file: string,
  options: {
    folder: string;
    largestBytes: number;
    onBytes: (bytes: number) => void;
    signal: AbortSignal;
  },
): Promise<PreparedFile> {
  const { folder, largestBytes, onBytes, signal } = options;
  const format = await formatOf(file);
  if (format === 'parquet') return { path: file, format };
  const content = createReadStream(file, { highWaterMark: chunkBytes });
  const check = new TextCheck(largestBytes);
  const unpacked = path.join(folder, 'bill.csv');
  try {
    if (format === 'csv') {
      await pipeline(content, counted(onBytes), check, nowhere(), { signal });
      return { path: file, format };
    }
    await pipeline(
      content,
      counted(onBytes),
      createGunzip({ chunkSize: chunkBytes }),
      check,
      createWriteStream(unpacked, { mode: 0o600 }),
      { signal },
    );
    return { path: unpacked, format };
  } catch (error) {
    throw refused(explainGzip(error), reportOf(format));
  }
}

function namesIn(line: string): string[] {
  try {
    return valuesOfLine(line).map(name => name.trim());
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      `The names of the columns in line 1: ${error.message}`,
    );
  }
}

/** The names in the first line of a CSV file. @throws InputError when it has none */
export async function readHeader(file: string): Promise<string[]> {
  const text = (await firstBytes(file, longestLine)).toString('utf8');
  const [line] = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1);
  if (!line.includes(',')) {
    throw new InputError(
      /[;\t|]/.test(line)
        ? 'The columns are not separated by commas; write the file with commas'
        : 'The first line names no columns of FOCUS; send a file with a header',
    );
  }
  return namesIn(line);
}
