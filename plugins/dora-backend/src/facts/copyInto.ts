import type { Knex } from 'knex';
import { once } from 'node:events';
import { from, type CopyStreamQuery } from 'pg-copy-streams';

/** What knows how to run a COPY: the connection of a transaction. */
type Connection = { query(copy: CopyStreamQuery): CopyStreamQuery };

/**
 * Sends rows through the connection of a transaction.
 *
 * @param statement - a COPY FROM STDIN
 */
export async function copyInto(
  tx: Knex.Transaction,
  statement: string,
  rows: Buffer,
): Promise<void> {
  // The transaction keeps its connection and lets go of it at its end.
  const connection: Connection = await tx.client.acquireConnection();
  const copy = connection.query(from(statement));
  const finished = once(copy, 'finish');
  copy.end(rows);
  await finished;
}
