import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import path from 'node:path';

/** A value as the database answers it here: we ask for text and whole numbers. */
export type DuckValue = string | number | bigint | boolean | null;

/** A text in a statement. */
export const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** A name in a statement. */
export const named = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** A DuckDB of its own for one file. It works on disk, so that its memory has a bound. */
export class Duck {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  static async open(options: {
    folder: string;
    memoryMb: number;
    threads: number;
    signal: AbortSignal;
  }): Promise<Duck> {
    const { folder, memoryMb, threads, signal } = options;
    signal.throwIfAborted();
    const instance = await DuckDBInstance.create(
      path.join(folder, 'work.duckdb'),
      {
        memory_limit: `${memoryMb}MB`,
        threads: String(threads),
        temp_directory: path.join(folder, 'spill'),
        // Nothing is fetched from elsewhere.
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
      },
    );
    const connection = await instance.connect();
    await connection.run(`set TimeZone = 'UTC'`);
    signal.addEventListener('abort', () => connection.interrupt(), {
      once: true,
    });
    return new Duck(instance, connection);
  }

  async run(sql: string): Promise<void> {
    await this.#connection.run(sql);
  }

  async rows<T extends Record<string, DuckValue>>(sql: string): Promise<T[]> {
    const reader = await this.#connection.runAndReadAll(sql);
    return reader.getRowObjectsJS() as T[];
  }

  /** Rows as they are found, some at a time. */
  async *stream<T extends Record<string, DuckValue>>(
    sql: string,
  ): AsyncIterable<T[]> {
    const result = await this.#connection.stream(sql);
    for await (const rows of result.yieldRowObjectJs()) yield rows as T[];
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}
