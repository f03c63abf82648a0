import { ConflictError, InputError } from '@backstage/errors';
import type {
  Existing,
  Order,
  RunTools,
} from '@waymark/plugin-infrastructure-node';
import type { PlannedChange } from '@waymark/plugin-infrastructure-common';
import type { PostgresServer } from './config';
import type { Found } from './inspect';
import type { Names } from './names';
import { id, sql, type Session } from './Session';

const addresses = ['database', 'login', 'owner'];
/** What every server has, and nobody's resource is. */
const reserved = ['postgres', 'template0', 'template1'];

/** @throws InputError that says what to name */
export function checkNamed(
  existing: Existing[],
  { connection }: PostgresServer,
): void {
  const named = new Map(
    existing.map(({ address, id: name }) => [address, name]),
  );
  if (named.size !== existing.length || !named.has('database')) {
    throw new InputError(
      'existing must name the database, once, and may name its login role and its owner role: [{ "address": "database", "id": "orders" }]',
    );
  }
  for (const [address, name] of named) {
    if (!addresses.includes(address)) {
      throw new InputError(
        `existing: "${address}" is none of ${addresses.join(', ')}`,
      );
    }
    if (
      name.startsWith('pg_') ||
      (address === 'database'
        ? [...reserved, connection.database].includes(name)
        : name === connection.user)
    ) {
      throw new InputError(
        `existing: ${name} belongs to the server itself and is nobody's resource`,
      );
    }
  }
}

/** What an order may make ours. */
export function takenOverBy({ resource, takesOver }: Order) {
  return takesOver
    ? {
        names: new Set((resource.existing ?? []).map(({ id: name }) => name)),
        markedFor: takesOver.markedFor,
      }
    : undefined;
}

/** @throws ConflictError that says what stands in the way */
export function requireTakeable(
  found: Found,
  { names, server }: { names: Names; server: PostgresServer },
): void {
  const { database } = found;
  if (!database) {
    throw new ConflictError(
      `There is no database ${names.database} on ${server.name} to take over`,
    );
  }
  const { owner, ownedBySuperuser, othersOfOwner } = database;
  if (owner === names.owner) return;
  if (ownedBySuperuser || owner === server.connection.user) {
    throw new ConflictError(
      `${names.database} belongs to ${owner}, who may do everything on ${server.name}. Give the database and what is in it to a role of its own first.`,
    );
  }
  if (othersOfOwner > 0) {
    throw new ConflictError(
      `${owner} owns other databases beside ${names.database}, which would change hands as well. Give them to other roles first.`,
    );
  }
}

/** What changes hands inside a database that is taken over. */
export function handover(found: Found, names: Names): PlannedChange[] {
  const owner = found.database?.owner;
  if (!owner || owner === names.owner) return [];
  return [
    {
      action: 'update',
      address: `objects.${names.database}`,
      title: `Give all that ${owner} owns in ${names.database} to ${names.owner}, whose rights ${owner} keeps`,
    },
  ];
}

/** Gives what is in a database to its new owner; whoever had it goes on working. */
export async function handOver(
  session: Session,
  within: (work: (inside: Session) => Promise<void>) => Promise<void>,
  of: { found: Found; names: Names; tools: RunTools },
): Promise<void> {
  const { found, names, tools } = of;
  const before = found.database?.owner;
  if (!before || before === names.owner) return;
  await tools.step(`What ${before} owns in ${names.database}`);
  await session.together([
    sql`grant ${id(before)} to current_user`,
    sql`grant ${id(names.owner)} to ${id(before)}`,
  ]);
  await within(inside =>
    inside.together([
      sql`reassign owned by ${id(before)} to ${id(names.owner)}`,
    ]),
  );
}
