import type { Rule, RuleSet } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import { firstRules } from './rules';

type RuleSetRow = {
  id: string;
  rules: Rule[];
  changed_by: string;
  changed_at: Date;
};

const toRuleSet = (row: RuleSetRow | undefined): RuleSet =>
  row
    ? {
        id: row.id,
        rules: row.rules,
        changedBy: row.changed_by,
        changedAt: row.changed_at.toISOString(),
      }
    : { id: null, rules: firstRules, changedBy: null, changedAt: null };

/** Keeps every set of rules there was. */
export class RuleStore {
  /** The rules that are in force. */
  async current(knex: Knex): Promise<RuleSet> {
    return toRuleSet(
      await knex<RuleSetRow>('rule_sets').orderBy('id', 'desc').first(),
    );
  }

  /** The rules that a bill is allocated by. */
  async byId(knex: Knex, id: string | null): Promise<RuleSet> {
    return toRuleSet(
      id === null
        ? undefined
        : await knex<RuleSetRow>('rule_sets').where({ id }).first(),
    );
  }

  /** Puts rules in force. */
  async add(
    tx: Knex.Transaction,
    rules: Rule[],
    changedBy: string,
  ): Promise<RuleSet> {
    const [row] = await tx('rule_sets')
      .insert({ rules: JSON.stringify(rules), changed_by: changedBy })
      .returning('*');
    return toRuleSet(row);
  }

  /** Has whoever changes the rules wait for the end of the transaction. */
  async hold(tx: Knex.Transaction): Promise<void> {
    await tx.raw(
      `select pg_advisory_xact_lock_shared(hashtext('costs.rules'))`,
    );
  }

  /** Has everybody who allocates by the rules, or changes them, wait for the end of the transaction. */
  async lock(tx: Knex.Transaction): Promise<void> {
    await tx.raw(`select pg_advisory_xact_lock(hashtext('costs.rules'))`);
  }
}
