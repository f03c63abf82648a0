import type { Standing } from '@waymark/plugin-infrastructure-node';
import { readMark } from './mark';
import type { Session } from './Session';

type Row = {
  kind: 'database' | 'role';
  name: string;
  comment: string;
  canLogin: boolean;
};

/** What a thing is in the words of `existing`. */
const addressOf = ({ kind, canLogin }: Row) => {
  if (kind === 'database') return 'database';
  return canLogin ? 'login' : 'owner';
};

/** Everything on a server that carries our mark, by the resource that it names. */
export async function survey(session: Session): Promise<Standing[]> {
  const rows = await session.run<Row>(
    `select 'database' as kind, datname as name, false as "canLogin",
        shobj_description(oid, 'pg_database') as comment
      from pg_database where shobj_description(oid, 'pg_database') like 'waymark: %'
      union all
      select 'role', rolname, rolcanlogin, shobj_description(oid, 'pg_authid')
      from pg_roles where shobj_description(oid, 'pg_authid') like 'waymark: %'
      order by 1, 2`,
  );
  const byResource = new Map<string, Standing>();
  for (const row of rows) {
    const mark = readMark(row.comment);
    if (mark) {
      const standing = byResource.get(mark.resourceId) ?? {
        resourceId: mark.resourceId,
        requestId: mark.requestId,
        title: `${row.kind} ${row.name}`,
        existing: [],
      };
      standing.existing.push({ address: addressOf(row), id: row.name });
      byResource.set(mark.resourceId, standing);
    }
  }
  return [...byResource.values()];
}
