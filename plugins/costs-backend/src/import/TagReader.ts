import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { Duck, quoted } from './Duck';
import { readTags } from './tags';

/** A value of a CSV file that nothing but DuckDB reads. */
const csv = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** Reads the tags of all items of a file, each text once. */
export class TagReader {
  readonly #duck: Duck;
  readonly #folder: string;

  constructor(duck: Duck, folder: string) {
    this.#duck = duck;
    this.#folder = folder;
  }

  /**
   * Leaves the tables `tags`, with each text and how it is stored, and
   * `wrong_tags`, with each that cannot be and why.
   *
   * @returns how many rows have tags that cannot be stored
   */
  async read(): Promise<number> {
    const clean = path.join(this.#folder, 'tags.csv');
    const wrong = path.join(this.#folder, 'wrong-tags.csv');
    await this.#write(clean, wrong);
    const readCsv = (file: string, column: string) =>
      `read_csv(${quoted(file)}, auto_detect = false, header = true,
        max_line_size = 5000000, columns = {'raw': 'VARCHAR', '${column}': 'VARCHAR'})`;
    await this.#duck.run(
      `create or replace table tags as select * from ${readCsv(
        clean,
        'clean',
      )}`,
    );
    await this.#duck.run(
      `create or replace table wrong_tags as select * from ${readCsv(
        wrong,
        'reason',
      )}`,
    );
    const [{ rows }] = await this.#duck.rows<{ rows: bigint }>(
      `select coalesce(sum(c.rows), 0)::bigint as rows from charges c
        join items i using (item) join wrong_tags w on w.raw = i."Tags"`,
    );
    return Number(rows);
  }

  async #write(clean: string, wrong: string): Promise<void> {
    const files = [clean, wrong].map(file => {
      const stream = createWriteStream(file, { mode: 0o600 });
      stream.write('raw,said\n');
      return stream;
    });
    const batches = this.#duck.stream<{ raw: string }>(
      `select distinct "Tags" as raw from items where "Tags" is not null`,
    );
    for await (const batch of batches) {
      for (const { raw } of batch) {
        const read = readTags(raw);
        const [stream, said] =
          'tags' in read
            ? [files[0], JSON.stringify(read.tags)]
            : [files[1], read.reason];
        if (!stream.write(`${csv(raw)},${csv(said)}\n`)) {
          await once(stream, 'drain');
        }
      }
    }
    for (const stream of files) {
      stream.end();
      await finished(stream);
    }
  }
}
