import { ConflictError } from '@backstage/errors';
import { readMark, type Mark } from './mark';
import type { Names } from './names';
import type { Session } from './Session';

/** A role as it is on the server. */
export type FoundRole = {
  comment: string | null;
  canLogin: boolean;
  /** May make roles or databases, or everything. */
  hasPowers: boolean;
  /** -1: as many as there are. */
  connectionLimit: number;
};

/** What of a resource is on the server. */
export type Found = {
  owner?: FoundRole;
  login?: FoundRole & {
    /** Whether it has the owner's rights, and acts as the owner in the database. */
    actsAsOwner: boolean;
  };
  database?: {
    comment: string | null;
    owner: string;
    /** Whether its owner may do everything on the server. */
    ownedBySuperuser: boolean;
    /** How many other databases its owner has. */
    othersOfOwner: number;
    acceptsConnections: boolean;
    /** Whether every role of the server may connect. */
    openToAll: boolean;
    /** Its removal was cut short; PostgreSQL lets nobody in and wants it dropped. */
    broken: boolean;
  };
};

type RoleRow = FoundRole & { name: string };
type DatabaseRow = NonNullable<Found['database']>;

/** Looks what is there under the names of a resource. */
export async function inspect(session: Session, names: Names): Promise<Found> {
  const roles = await session.run<RoleRow>(
    `select rolname as name,
        shobj_description(oid, 'pg_authid') as comment,
        rolcanlogin as "canLogin",
        rolsuper or rolcreaterole or rolcreatedb or rolreplication
          or rolbypassrls as "hasPowers",
        rolconnlimit as "connectionLimit"
      from pg_roles where rolname in ($1, $2)`,
    [names.owner, names.login],
  );
  const [database] = await session.run<DatabaseRow>(
    `select shobj_description(d.oid, 'pg_database') as comment,
        pg_get_userbyid(d.datdba) as owner,
        (select rolsuper from pg_roles where oid = d.datdba) as "ownedBySuperuser",
        (select count(*)::int from pg_database other
          where other.datdba = d.datdba and other.oid <> d.oid) as "othersOfOwner",
        d.datallowconn as "acceptsConnections",
        d.datconnlimit = -2 as broken,
        exists (
          select from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba)))
          where grantee = 0
        ) as "openToAll"
      from pg_database d where datname = $1`,
    [names.database],
  );
  const [{ actsAsOwner }] = await session.run<{ actsAsOwner: boolean }>(
    `select exists (
        select from pg_auth_members m
        where m.member = login.oid and m.roleid = owner.oid
      ) and exists (
        select from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase
        where s.setrole = login.oid and d.datname = $3
          and $4 = any(s.setconfig)
      ) as "actsAsOwner"
      from (select to_regrole($1)::oid) as owner(oid),
        (select to_regrole($2)::oid) as login(oid)`,
    [
      `"${names.owner}"`,
      `"${names.login}"`,
      names.database,
      `role=${names.owner}`,
    ],
  );
  const role = (name: string) => roles.find(row => row.name === name);
  const login = role(names.login);
  return {
    owner: role(names.owner),
    login: login && { ...login, actsAsOwner },
    database,
  };
}

/** How a comment is told to people. */
function said(comment: string | null): string {
  return comment ? `its comment is "${comment}"` : 'it has no comment';
}

/**
 * Makes sure that everything there under the names belongs to the resource.
 *
 * @throws ConflictError when something is somebody else's
 */
export function requireOwn(
  found: Found,
  options: {
    names: Names;
    resourceId: string;
    server: string;
    /** What may be made ours, though it is not yet. */
    takesOver?: { names: Set<string>; markedFor?: string };
  },
): void {
  const { names, resourceId, server, takesOver } = options;
  const isOurs = (mark: Mark | undefined, name: string) =>
    mark?.resourceId === resourceId ||
    Boolean(
      takesOver?.names.has(name) &&
        (!mark || mark.resourceId === takesOver.markedFor),
    );
  const refuse = (what: string, comment: string | null) => {
    throw new ConflictError(
      `The ${what} is on the PostgreSQL server ${server} already and does not belong to this resource: ${said(
        comment,
      )}. Nothing was changed. Choose another name, or ask whoever runs the server to remove it.`,
    );
  };
  for (const [name, role] of [
    [names.owner, found.owner],
    [names.login, found.login],
  ] as const) {
    if (role && !isOurs(readMark(role.comment), name)) {
      refuse(`role "${name}"`, role.comment);
    }
  }
  if (!found.database) return;
  const { comment, owner } = found.database;
  const mark = readMark(comment);
  // Made by a run that died before it could mark it: our owner's alone.
  const isUnmarkedOwn = !mark && found.owner && owner === names.owner;
  if (!isOurs(mark, names.database) && !isUnmarkedOwn) {
    refuse(`database "${names.database}"`, comment);
  }
}
