import type { Knex } from 'knex';

const kinds = ['allocations', 'shares', 'spend', 'spend_months'] as const;

/** Where it is written who bears what. */
export type AllocationTables = Record<(typeof kinds)[number], string>;

/** Where it is written who bears which items; what they come to is not summed up. */
export type DecisionTables = Pick<AllocationTables, 'allocations' | 'shares'>;

const named = (prefix: string): AllocationTables => ({
  allocations: `${prefix}allocations`,
  shares: `${prefix}shares`,
  spend: `${prefix}spend`,
  spend_months: `${prefix}spend_months`,
});

/** What counts. */
export const countingTables = named('');

/** What is prepared to count. */
export const nextTables = named('next_');

/** Tables that are there until the end of the transaction, for what nobody else is to see. */
export async function temporaryTables(
  tx: Knex.Transaction,
): Promise<DecisionTables> {
  const { allocations, shares } = named('trial_');
  const tables = { allocations, shares };
  for (const kind of ['allocations', 'shares'] as const) {
    await tx.raw(
      `create temporary table ${tables[kind]}
        (like ${countingTables[kind]} including all) on commit drop`,
    );
  }
  return tables;
}

/** Has the database know how much is in temporary tables: it looks at others by itself. */
export async function measureTables(
  tx: Knex.Transaction,
  { allocations, shares }: DecisionTables,
): Promise<void> {
  await tx.raw(`analyze ${allocations}, ${shares}`);
}

/** Forgets who bears what of bills. */
export async function forgetBills(
  tx: Knex.Transaction,
  tables: AllocationTables,
  bills: string[],
): Promise<void> {
  for (const kind of kinds) {
    await tx(tables[kind]).whereIn('bill_id', bills).delete();
  }
}

/** Has what was prepared for bills count, in the place of what counted. */
export async function takeOver(
  tx: Knex.Transaction,
  bills: string[],
): Promise<void> {
  await forgetBills(tx, countingTables, bills);
  for (const kind of kinds) {
    await tx.raw(
      `insert into ${countingTables[kind]}
        select * from ${nextTables[kind]} where bill_id = any(?::bigint[])`,
      [bills],
    );
  }
}

/** Forgets all that was prepared. */
export async function forgetNext(tx: Knex): Promise<void> {
  for (const table of [...Object.values(nextTables), 'next_bills']) {
    await tx(table).delete();
  }
}
