import { emptied } from '@waymark/plugin-testing-node';
import type { Knex } from 'knex';

const tables = [
  'outcomes',
  'delivered_changes',
  'incident_links',
  'buckets',
  'hours',
];

/** Every row of what is concluded, in one order. */
export async function conclusionsIn(
  knex: Knex,
): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const table of tables) {
    const { rows } = await knex.raw<{ rows: { row: string }[] }>(
      `select to_jsonb(t)::text as row from ${table} t order by 1`,
    );
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}

/** Throws all conclusions away and has everything computed anew. */
export async function forgetConclusions(knex: Knex): Promise<void> {
  await emptied(knex, {
    only: [...tables, 'conclusion_digests', 'stale_buckets', 'stale_services'],
  });
  await knex.raw(
    'insert into stale_services (service_id) select id from services',
  );
}
