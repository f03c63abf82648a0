import type { PlannedChange } from '@waymark/plugin-infrastructure-common';
import type { Found } from './inspect';
import { readMark } from './mark';
import type { Names } from './names';

type Detail = NonNullable<PlannedChange['details']>[number];

/** How things are to be. */
export type Wanted = {
  names: Names;
  connections: number;
  /** Whether it is to be backed up, where somebody was asked. */
  backups?: boolean;
  /** Whether it becomes ours by this. */
  takesOver?: boolean;
};

function detail(
  field: string,
  before: string | number,
  after: string | number,
): Detail[] {
  return before === after
    ? []
    : [{ field, before: String(before), after: String(after) }];
}

function change(options: {
  kind: 'role' | 'database';
  name: string;
  there: boolean;
  /** What is to be when it is made. */
  made: Detail[];
  /** What is otherwise than wanted. */
  differences: Detail[];
}): PlannedChange {
  const { kind, name, there, made, differences } = options;
  const address = `${kind}.${name}`;
  if (!there) {
    return {
      action: 'create',
      address,
      title: `Create the ${kind} ${name}`,
      details: made,
    };
  }
  return differences.length
    ? {
        action: 'update',
        address,
        title: `Change the ${kind} ${name}`,
        details: differences,
      }
    : { action: 'keep', address, title: `Keep the ${kind} ${name}` };
}

const yesOrNo = (value: boolean) => (value ? 'yes' : 'no');

/** What it takes to bring what is there to what is wanted, one entry for each thing. */
export function compare(found: Found, wanted: Wanted): PlannedChange[] {
  const { names, connections, backups } = wanted;
  const { owner, login, database } = found;
  // A database whose removal was cut short holds nothing any more.
  const there = Boolean(database && !database.broken);
  const mark = readMark(database?.comment ?? null);
  return [
    change({
      kind: 'role',
      name: names.owner,
      there: Boolean(owner),
      made: [{ field: 'may log in', after: 'no' }],
      differences: owner
        ? [
            ...detail('may log in', yesOrNo(owner.canLogin), 'no'),
            ...detail('administers', yesOrNo(owner.hasPowers), 'no'),
          ]
        : [],
    }),
    change({
      kind: 'role',
      name: names.login,
      there: Boolean(login),
      made: [{ field: 'connections', after: String(connections) }],
      differences: login
        ? [
            ...detail('connections', login.connectionLimit, connections),
            ...detail('may log in', yesOrNo(login.canLogin), 'yes'),
            ...detail('administers', yesOrNo(login.hasPowers), 'no'),
            // Before there is a database there is nothing to act in.
            ...(there
              ? detail(
                  'acts as',
                  login.actsAsOwner ? names.owner : 'itself',
                  names.owner,
                )
              : []),
          ]
        : [],
    }),
    change({
      kind: 'database',
      name: names.database,
      there,
      made: [
        { field: 'owner', after: names.owner },
        { field: 'open to every role', after: 'no' },
        ...(backups === undefined
          ? []
          : [{ field: 'to be backed up', after: yesOrNo(backups) }]),
      ],
      differences: database
        ? [
            ...detail('owner', database.owner, names.owner),
            ...detail('open to every role', yesOrNo(database.openToAll), 'no'),
            ...detail(
              'accepts connections',
              yesOrNo(database.acceptsConnections),
              'yes',
            ),
            ...(mark && !wanted.takesOver
              ? []
              : detail('mark', 'missing', 'set')),
            // A mark from before it was noted says neither, and is no drift.
            ...(mark?.backups === undefined || backups === undefined
              ? []
              : detail(
                  'to be backed up',
                  yesOrNo(mark.backups),
                  yesOrNo(backups),
                )),
          ]
        : [],
    }),
  ];
}

/** What removing all of it takes. */
export function compareToNothing(found: Found, names: Names): PlannedChange[] {
  const removal = (kind: 'role' | 'database', name: string): PlannedChange => ({
    action: 'delete',
    address: `${kind}.${name}`,
    title:
      kind === 'database'
        ? `Drop the database ${name} with everything in it, and end its sessions`
        : `Drop the role ${name}`,
  });
  return [
    ...(found.database ? [removal('database', names.database)] : []),
    ...(found.login ? [removal('role', names.login)] : []),
    ...(found.owner ? [removal('role', names.owner)] : []),
  ];
}
