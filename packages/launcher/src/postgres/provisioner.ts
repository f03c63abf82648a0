import pg from 'pg';
import type { Secrets } from '../secrets.ts';
import type { Database } from './server.ts';

/** The role with which the portal makes databases for people. */
export const provisioner = 'waymark_provisioner';

/** The code of an error that says that the own role may not do this. */
const notAllowed = '42501';

/**
 * Makes the role that databases for people are made with: it may create
 * databases and roles, can change those alone, and cannot see the portal's own.
 * A given server that does not let us make roles is left as it is.
 *
 * @param options.closed - databases beside the portal's own that only named roles may connect to
 */
export async function bringProvisioner(
  database: Database,
  { provisionerPassword }: Secrets,
  options: { closed: string[] },
): Promise<void> {
  const { host, port, user, password } = database;
  const client = new pg.Client({
    ...{ host, port, user, password },
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
  });
  const role = client.escapeIdentifier(provisioner);
  await client.connect();
  try {
    const { rowCount } = await client.query(
      'select from pg_roles where rolname = $1',
      [provisioner],
    );
    await client.query(
      `${rowCount ? 'alter' : 'create'} role ${role} login createdb createrole
        password ${client.escapeLiteral(provisionerPassword)}`,
    );
    await client.query(`grant connect on database postgres to ${role}`);
    // Whoever gets a database here could otherwise look around in these.
    const { rows } = await client.query<{ name: string }>(
      'select datname as name from pg_database where datname = any($1)',
      [[database.database, ...options.closed]],
    );
    for (const { name } of rows) {
      await client.query(
        `revoke connect on database ${client.escapeIdentifier(
          name,
        )} from public`,
      );
    }
  } catch (error) {
    if ((error as pg.DatabaseError).code !== notAllowed) throw error;
  } finally {
    await client.end();
  }
}
