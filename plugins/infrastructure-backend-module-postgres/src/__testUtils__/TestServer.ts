import { randomBytes } from 'node:crypto';
import type { TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { type Knex } from 'knex';
import { Client, escapeIdentifier, type ClientConfig } from 'pg';
import type { PostgresServer } from '../config';

/** A server with a role that provisions, as a deployment gives it to the engine. */
export class TestServer {
  /** The superuser, to look behind the engine's back. */
  readonly admin: Knex;
  readonly server: PostgresServer;

  /** Makes the role, which is no superuser. */
  static async start(databases: TestDatabases): Promise<TestServer> {
    const given = await databases.init('POSTGRES_18');
    const {
      host,
      port,
      user: superuser,
      password,
    } = given.client.config.connection as ClientConfig;
    const admin = knexFactory({
      client: 'pg',
      // Its own, because the given one is gone before the cleaning up.
      connection: {
        host,
        port,
        user: superuser,
        password: String(password),
        database: 'postgres',
      },
    });
    const user = `provisioner_${randomBytes(4).toString('hex')}`;
    await admin.raw(
      `create role ${user} login createdb createrole password 'open'`,
    );
    return new TestServer(admin, user);
  }

  private constructor(admin: Knex, user: string) {
    this.admin = admin;
    const { host, port } = admin.client.config.connection as ClientConfig;
    this.server = {
      name: 'shared',
      connection: {
        host: String(host),
        port: Number(port),
        user,
        password: 'open',
        database: 'postgres',
        ssl: false,
      },
      shown: { host: 'databases.larkspur.example', port: 6432 },
    };
  }

  /** Removes what the provisioning role made, and the role. */
  async stop(): Promise<void> {
    const { user } = this.server.connection;
    const made: { rows: { name: string }[] } = await this.admin.raw(
      `select r.rolname as name from pg_auth_members m
        join pg_roles r on r.oid = m.roleid
        where m.member = '${user}'::regrole and r.rolname not like 'pg\\_%'`,
    );
    const roles = [...new Set(made.rows.map(({ name }) => name))];
    const owned: { rows: { name: string }[] } = await this.admin.raw(
      `select datname as name from pg_database
        where pg_get_userbyid(datdba) = any(?)`,
      [[...roles, user]],
    );
    for (const { name } of owned.rows) {
      await this.admin.raw('drop database ?? with (force)', [name]);
    }
    for (const role of [...roles, user]) {
      await this.admin.raw('drop role ??', [role]);
    }
    await this.admin.destroy();
  }

  /** Connects as whoever has the credentials. */
  async connect(credentials: {
    user: string;
    password: string;
    database: string;
  }): Promise<Client> {
    const { host, port } = this.server.connection;
    const client = new Client({ host, port, ...credentials });
    client.on('error', () => {});
    await client.connect();
    return client;
  }

  /** Connects, does one thing and leaves. */
  async ask(
    credentials: { user: string; password: string; database: string },
    statement: string,
  ): Promise<object[]> {
    const client = await this.connect(credentials);
    try {
      return (await client.query(statement)).rows;
    } finally {
      await client.end();
    }
  }

  /** Everything there is whose name begins so, with owners, limits and comments. */
  async thingsOf(name: string): Promise<object> {
    const { rows: databases } = await this.admin.raw(
      `select datname, pg_get_userbyid(datdba) as owner, datallowconn,
          shobj_description(oid, 'pg_database') as comment, datacl::text
        from pg_database where starts_with(datname, ?) order by 1`,
      [name],
    );
    const { rows: roles } = await this.admin.raw(
      `select rolname, rolcanlogin, rolconnlimit, rolcreatedb, rolcreaterole,
          shobj_description(oid, 'pg_authid') as comment,
          array(
            select pg_get_userbyid(roleid) from pg_auth_members
            where member = r.oid order by 1
          ) as "memberOf"
        from pg_roles r where starts_with(rolname, ?) order by 1`,
      [name],
    );
    return { databases, roles };
  }

  /** Runs a statement of the superuser that names things. */
  async asAdmin(statement: string, ...names: string[]): Promise<void> {
    const quoted = [...names];
    await this.admin.raw(
      statement.replace(/%I/g, () => escapeIdentifier(quoted.shift() ?? '')),
    );
  }
}
