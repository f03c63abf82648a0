import type { Rule, RuleSet } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import type { Sql } from '../charges/sql';
import { allocateItems, findShares } from './ruleSql';
import { sumUpMonths, sumUpSpend } from './spend';
import {
  countingTables,
  forgetBills,
  type AllocationTables,
  type DecisionTables,
} from './tables';

const isShare = (rule: Rule): rule is Extract<Rule, { by: 'share' }> =>
  rule.by === 'share';

const run = (tx: Knex.Transaction, { sql, bindings }: Sql) =>
  tx.raw(sql, bindings as Knex.RawBinding[]);

/** Says of everything in bills who bears it, in the transaction that it is handed: all of it changes, or nothing. */
export class Allocator {
  /** Allocates bills for all to see. */
  async allocate(
    tx: Knex.Transaction,
    bills: string[],
    { id, rules }: RuleSet,
  ): Promise<void> {
    if (bills.length === 0) return;
    // Whoever allocates the same bill waits, and then does so by what is known then.
    await tx('bills')
      .whereIn('id', bills)
      .orderBy('id')
      .forUpdate()
      .select('id');
    await forgetBills(tx, countingTables, bills);
    await this.write(tx, countingTables, bills, rules);
    await tx('bills')
      .whereIn('id', bills)
      .update({ rule_set_id: id, stale: false });
  }

  /** Writes into tables, which say nothing of the bills yet, who bears them by the rules. */
  async write(
    tx: Knex.Transaction,
    tables: AllocationTables,
    bills: string[],
    rules: Rule[],
  ): Promise<void> {
    await this.decide(tx, tables, bills, rules);
    await run(tx, sumUpSpend(bills, tables));
    await run(tx, sumUpMonths(bills, tables));
  }

  /** Writes into tables, which say nothing of the bills yet, whom items fall to by the rules; sums nothing up. */
  async decide(
    tx: Knex.Transaction,
    tables: DecisionTables,
    bills: string[],
    rules: Rule[],
  ): Promise<void> {
    await run(tx, allocateItems(rules, bills, tables));
    for (const rule of rules.filter(isShare)) {
      await run(tx, findShares(rule, bills, tables));
    }
  }

  /** Forgets what was said of bills that are removed. */
  async forget(tx: Knex.Transaction, bills: string[]): Promise<void> {
    await forgetBills(tx, countingTables, bills);
  }
}
