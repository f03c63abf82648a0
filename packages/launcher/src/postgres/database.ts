import pg from 'pg';
import { LaunchFailure } from '../failure.ts';
import type { Secrets } from '../secrets.ts';
import { bringProvisioner } from './provisioner.ts';
import { EmbeddedPostgres, ensureDatabase, type Database } from './server.ts';

/** The server that POSTGRES_HOST and its siblings name, if they do. */
export function givenDatabase(env: NodeJS.ProcessEnv): Database | undefined {
  if (!env.POSTGRES_HOST) return undefined;
  return {
    host: env.POSTGRES_HOST,
    port: Number(env.POSTGRES_PORT ?? 5432),
    user: env.POSTGRES_USER ?? 'postgres',
    password: env.POSTGRES_PASSWORD ?? '',
    database: env.POSTGRES_DATABASE ?? 'waymark',
    stop: async () => undefined,
  };
}

/**
 * The server named by POSTGRES_HOST and its siblings when there is one, else the
 * embedded one.
 *
 * @throws LaunchFailure when the given server cannot be reached
 */
export async function openDatabase(secrets: Secrets): Promise<Database> {
  const given = givenDatabase(process.env);
  if (!given) {
    const embedded = await new EmbeddedPostgres({
      password: secrets.postgresPassword,
    }).start();
    await bringProvisioner(embedded, secrets, {
      closed: ['postgres', 'template1'],
    });
    return embedded;
  }
  const { stop: _, ...connection } = given;
  const client = new pg.Client({
    ...connection,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
  });
  try {
    await client.connect();
  } catch (error) {
    throw new LaunchFailure(
      `The PostgreSQL server at ${given.host}:${
        given.port
      } (POSTGRES_HOST) did not let us in: ${(error as Error).message}`,
      'Check POSTGRES_HOST, POSTGRES_PORT, POSTGRES_USER and POSTGRES_PASSWORD, or unset POSTGRES_HOST to use the embedded server.',
    );
  }
  try {
    await ensureDatabase(client, given.database);
  } catch (error) {
    throw new LaunchFailure(
      `The database "${
        given.database
      }" is not on that server, and could not be made: ${
        (error as Error).message
      }`,
      `Make it, or name another in POSTGRES_DATABASE, or let ${given.user} create databases.`,
    );
  } finally {
    await client.end();
  }
  await bringProvisioner(given, secrets, { closed: [] });
  return given;
}
