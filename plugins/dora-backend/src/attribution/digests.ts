import type { Knex } from 'knex';
import { createHash } from 'node:crypto';

/** A row with the instant at which it happened. */
type Dated = { at: string };

/** The month of UTC that a row is in, as its first day. */
const monthOf = ({ at }: Dated) => `${at.slice(0, 7)}-01`;

const digestOf = (rows: Dated[]) =>
  createHash('sha1').update(JSON.stringify(rows)).digest('base64');

/** The rows of months that are not what is stored. */
export type ChangedMonths<T> = {
  rows: T[];
  months: { month: string; digest: string; rows: number }[];
};

/**
 * Finds the months in which a component's conclusions are not those that are
 * stored. Of a long history that is usually the last one.
 */
export async function changedMonths<T extends Dated>(
  tx: Knex,
  serviceId: number,
  table: string,
  rows: T[],
): Promise<ChangedMonths<T>> {
  const { rows: stored } = await tx.raw<{
    rows: { month: string; digest: string | null }[];
  }>(
    // Another component may have taken a row over: then they are not as many.
    `select coalesce(c.month, d.month)::text as month,
        case when coalesce(c.rows, 0) = d.rows then d.digest end as digest
      from (
        select date_trunc('month', at at time zone 'UTC')::date as month, count(*)::int as rows
        from ${table} where service_id = :serviceId group by 1
      ) c
      full join (
        select * from conclusion_digests
        where service_id = :serviceId and concluded = :table
      ) d using (month)`,
    { serviceId, table },
  );
  const digests = new Map(stored.map(({ month, digest }) => [month, digest]));
  const byMonth = new Map<string, T[]>(
    stored.map(({ month }) => [month, []] as const),
  );
  for (const row of rows) {
    const month = monthOf(row);
    const others = byMonth.get(month);
    if (others) others.push(row);
    else byMonth.set(month, [row]);
  }
  const changed = [...byMonth]
    .map(([month, own]) => ({ month, own, digest: digestOf(own) }))
    .filter(({ month, digest }) => digests.get(month) !== digest);
  return {
    rows: changed.flatMap(({ own }) => own),
    months: changed.map(({ month, own, digest }) => ({
      month,
      digest,
      rows: own.length,
    })),
  };
}

/** Writes down what the months are now. */
export async function rememberMonths(
  tx: Knex,
  serviceId: number,
  table: string,
  months: ChangedMonths<Dated>['months'],
): Promise<void> {
  await tx.raw(
    `insert into conclusion_digests (service_id, concluded, month, digest, rows)
      select :serviceId, :table, month, digest, rows
      from jsonb_to_recordset(:months::jsonb) as r(month date, digest text, rows int)
      on conflict (service_id, concluded, month)
        do update set digest = excluded.digest, rows = excluded.rows`,
    { serviceId, table, months: JSON.stringify(months) },
  );
}
