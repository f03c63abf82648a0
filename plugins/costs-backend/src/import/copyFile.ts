import type { Knex } from 'knex';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { from, type CopyStreamQuery } from 'pg-copy-streams';
import { counted } from './counted';

/** What knows how to run a COPY: the connection of a transaction. */
type Connection = { query(copy: CopyStreamQuery): CopyStreamQuery };

/** How a file is sent. */
export type Sending = {
  signal: AbortSignal;
  /** Told of bytes that were sent. */
  onBytes: (bytes: number) => void;
};

/** Sends a CSV file into a table, as it is. */
export async function copyFile(
  tx: Knex.Transaction,
  into: { table: string; columns: string[] },
  file: string,
  { signal, onBytes }: Sending,
): Promise<void> {
  // The transaction keeps its connection and lets go of it at its end.
  const connection: Connection = await tx.client.acquireConnection();
  const columns = into.columns.map(name => `"${name}"`).join(', ');
  const copy = connection.query(
    from(`copy ${into.table} (${columns}) from stdin (format csv)`),
  );
  await pipeline(
    createReadStream(file, { highWaterMark: 1024 * 1024 }),
    counted(onBytes),
    copy,
    { signal },
  );
}
