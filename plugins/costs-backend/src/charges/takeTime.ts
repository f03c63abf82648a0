import type { Knex } from 'knex';

/** The connection of a transaction, as the driver of PostgreSQL has it. */
type Connection = { connectionParameters: { query_timeout?: number | false } };

/**
 * Lets the statements of a transaction take as long as bills of millions of
 * rows do. The portal gives others up after seconds, for the sake of pages.
 */
export async function takeTime<T>(
  tx: Knex.Transaction,
  work: () => Promise<T>,
): Promise<T> {
  // The transaction keeps its connection and lets go of it at its end.
  const connection: Connection = await tx.client.acquireConnection();
  const parameters = connection.connectionParameters;
  const usual = parameters.query_timeout;
  parameters.query_timeout = 0;
  try {
    await tx.raw('set local statement_timeout = 0');
    return await work();
  } finally {
    parameters.query_timeout = usual;
  }
}
