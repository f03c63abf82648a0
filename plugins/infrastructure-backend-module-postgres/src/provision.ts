import type { RunTools } from '@waymark/plugin-infrastructure-node';
import type { Found } from './inspect';
import type { Names } from './names';
import { id, sql, type Session } from './Session';

/**
 * Brings about what is wanted, from wherever an earlier attempt came to. Every
 * step leaves things so that `inspect` finds them as ours, whenever the next
 * one is cut off.
 */
export async function provision(
  session: Session,
  found: Found,
  options: {
    names: Names;
    connections: number;
    mark: string;
    /** Absent: the login role keeps its password. */
    verifier?: string;
    tools: RunTools;
    /** Gives what is in a database that is taken over to its new owner, and the database with it. */
    handOver?: () => Promise<void>;
  },
): Promise<void> {
  const { names, connections, mark, verifier, tools } = options;
  const database = id(names.database);
  const owner = id(names.owner);
  const login = id(names.login);

  await tools.step('Role that owns');
  await session.together([
    ...(found.owner ? [] : [sql`create role ${owner} nologin`]),
    sql`alter role ${owner} nologin nocreatedb nocreaterole`,
    sql`comment on role ${owner} is ${mark}`,
    // Without it a role that is no superuser could not give it a database.
    sql`grant ${owner} to current_user`,
  ]);

  await tools.step('Role that signs in');
  await session.together([
    ...(found.login ? [] : [sql`create role ${login}`]),
    sql`alter role ${login} login nocreatedb nocreaterole connection limit ${connections}`,
    ...(verifier ? [sql`alter role ${login} password ${verifier}`] : []),
    sql`comment on role ${login} is ${mark}`,
    sql`grant ${owner} to ${login}`,
    // Lets its sessions be ended when the database is dropped.
    sql`grant ${login} to current_user`,
  ]);

  await tools.step('Database');
  if (found.database?.broken) {
    await session.run(sql`drop database ${database}`);
  }
  if (!found.database || found.database.broken) {
    // From template0, which nobody can have changed or be connected to; closed until the grants are right.
    await session.run(
      sql`create database ${database} owner ${owner} template template0 allow_connections false`,
    );
  }

  await options.handOver?.();
  await tools.step('Grants');
  await session.together([
    sql`comment on database ${database} is ${mark}`,
    ...(found.database && found.database.owner !== names.owner
      ? [sql`alter database ${database} owner to ${owner}`]
      : []),
    sql`revoke all on database ${database} from public`,
    // Whatever the service makes belongs to the owner, and outlives the login role.
    sql`alter role ${login} in database ${database} set role = ${names.owner}`,
    sql`alter database ${database} allow_connections true`,
  ]);
}

/** Removes what is there; what is gone already is no obstacle. */
export async function remove(
  session: Session,
  found: Found,
  { names, tools }: { names: Names; tools: RunTools },
): Promise<void> {
  const database = id(names.database);
  if (found.database) {
    await tools.step('Database');
    await session.run(
      found.database.broken
        ? sql`drop database if exists ${database}`
        : sql`drop database if exists ${database} with (force)`,
    );
  }
  await tools.step('Roles');
  await session.together([
    sql`drop role if exists ${id(names.login)}`,
    sql`drop role if exists ${id(names.owner)}`,
  ]);
}
