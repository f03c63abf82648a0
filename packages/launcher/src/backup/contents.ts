import type pg from 'pg';

/** What a table holds: how many rows, and a sum over what stands in them. */
export type TableContents = { table: string; rows: number; sum: string };

/**
 * Everything that the tables of a database hold, in a form that two databases
 * can be compared by. Two that differ in a single value differ here.
 */
export async function readContents(
  client: pg.ClientBase,
): Promise<TableContents[]> {
  // Times are told in the zone of the session.
  await client.query(`set time zone 'UTC'`);
  const { rows: tables } = await client.query<{ schema: string; name: string }>(
    `select schemaname as schema, tablename as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')
      order by 1, 2`,
  );
  const contents: TableContents[] = [];
  for (const { schema, name } of tables) {
    const { rows } = await client.query<{ rows: string; sum: string }>(
      `select count(*) as rows,
        coalesce(sum(hashtextextended(row::text, 0)::numeric), 0)::text as sum
        from ${client.escapeIdentifier(schema)}.${client.escapeIdentifier(
        name,
      )} row`,
    );
    contents.push({
      table: `${schema}.${name}`,
      rows: Number(rows[0].rows),
      sum: rows[0].sum,
    });
  }
  return contents;
}

/** The tables in which two databases differ, each with both numbers of rows. */
export function differences(
  before: TableContents[],
  after: TableContents[],
): string[] {
  const names = new Set([...before, ...after].map(({ table }) => table));
  const one = new Map(before.map(each => [each.table, each]));
  const other = new Map(after.map(each => [each.table, each]));
  return [...names]
    .filter(name => one.get(name)?.sum !== other.get(name)?.sum)
    .map(
      name =>
        `${name}: ${one.get(name)?.rows ?? 'no table'} before, ${
          other.get(name)?.rows ?? 'no table'
        } after`,
    );
}
