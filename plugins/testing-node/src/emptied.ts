import type { Knex } from 'knex';

/**
 * Deletes all rows, and lets sequences begin anew. In a small database that is
 * tens of times as quick as `truncate`, which makes new files for each table
 * and each index. No trigger runs, and of what refers to a deleted row nothing
 * is deleted with it.
 *
 * @param options.only - these tables, as they are named in the schema; all if left out
 * @param options.but - not these; what Knex keeps of migrations stays in any case
 */
export async function emptied(
  knex: Knex,
  { only, but = [] }: { only?: string[]; but?: string[] } = {},
): Promise<void> {
  await knex.transaction(async trx => {
    await trx.raw('set local session_replication_role = replica');
    const { rows } = await trx.raw<{ rows: { statement: string }[] }>(
      `with emptied as (
        select oid from pg_class
        where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
          and relname not like 'knex\\_%' and relname <> all(:but)
          and (:only::text[] is null or relname = any(:only))
      )
      select format('delete from %s', oid::regclass) as statement from emptied
      union all
      select format('select setval(%L, %s, false)', seqrelid::regclass, seqstart)
      from pg_sequence
        join pg_depend on pg_depend.objid = seqrelid and deptype in ('a', 'i')
        join emptied on emptied.oid = refobjid`,
      { only: only ?? null, but },
    );
    await trx.raw(rows.map(({ statement }) => statement).join(';'));
  });
}
