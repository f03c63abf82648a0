import { ConflictError } from '@backstage/errors';
import type {
  RuleChange,
  RuleOrder,
  RuleSet,
} from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import { callerName } from '@waymark/plugin-authorization-node';
import { requirePeriod } from '../charges/days';
import type { Caller } from '../import/ImportsService';
import type { Allocator } from './Allocator';
import { readRules } from './rules';
import type { RulesService } from './RulesService';
import type { RuleStore } from './RuleStore';

const listedChanges = 1000;

/** Changes rules and allocates by them, all at once. */
export class DefaultRulesService implements RulesService {
  readonly #knex: Knex;
  readonly #rules: RuleStore;
  readonly #allocator: Allocator;

  constructor(options: { knex: Knex; rules: RuleStore; allocator: Allocator }) {
    this.#knex = options.knex;
    this.#rules = options.rules;
    this.#allocator = options.allocator;
  }

  async rules(): Promise<RuleSet> {
    return this.#rules.current(this.#knex);
  }

  async preview(order: RuleOrder, caller: Caller): Promise<RuleChange> {
    const tx = await this.#knex.transaction();
    try {
      return await this.#apply(tx, order, caller);
    } finally {
      await tx.rollback();
    }
  }

  async change(order: RuleOrder, caller: Caller): Promise<RuleChange> {
    return this.#knex.transaction(tx => this.#apply(tx, order, caller));
  }

  async #apply(
    tx: Knex.Transaction,
    { rules, from, to, basedOn, measure = 'BilledCost' }: RuleOrder,
    caller: Caller,
  ): Promise<RuleChange> {
    requirePeriod(from, to);
    const read = readRules(rules);
    await this.#rules.lock(tx);
    const before = await this.#rules.current(tx);
    if (basedOn !== undefined && basedOn !== before.id) {
      throw new ConflictError(
        `Somebody else changed the rules at ${before.changedAt}; look at theirs and change those`,
      );
    }
    const set = await this.#rules.add(tx, read, callerName(caller.credentials));
    const bills: { id: string }[] = await tx('bills')
      .where({ current: true })
      .where('period_start', '>=', from)
      .where('period_start', '<', to)
      .orderBy('id')
      .select('id');
    const ids = bills.map(({ id }) => id);
    const sums = `select b.period_start, p.part, p.entity_ref, p."BillingCurrency" as currency,
      sum(p."${measure}") as amount
      from spend p join bills b on b.id = p.bill_id
      where p.bill_id = any(?::bigint[]) group by 1, 2, 3, 4`;
    await tx.raw(
      `create temporary table costs_before on commit drop as ${sums}`,
      [ids] as never,
    );
    await this.#allocator.allocate(tx, ids, set);
    const { rows } = await tx.raw(
      `select n.*, e.title, count(*) over ()::int as changes from (
          select period_start::text as "billingPeriodStart", part, entity_ref as "entityRef", currency,
            trim_scale(sum(was))::text as before, trim_scale(sum(is_now))::text as after,
            abs(sum(is_now) - sum(was)) as size
          from (
            select period_start, part, entity_ref, currency, amount as was, 0::numeric as is_now from costs_before
            union all
            select period_start, part, entity_ref, currency, 0, amount from (${sums}) s
          ) both_times
          group by 1, 2, 3, 4 having sum(was) <> sum(is_now)
        ) n left join entities e on e.ref = n."entityRef"
        order by size desc, 1, 2, 3 limit ?`,
      [ids, listedChanges] as never,
    );
    return {
      bills: ids.length,
      changes: rows[0]?.changes ?? 0,
      items: rows.map(
        ({
          billingPeriodStart,
          part,
          entityRef,
          title,
          currency,
          before: was,
          after,
        }: RuleChange['items'][number]) => ({
          billingPeriodStart,
          part,
          entityRef,
          ...(title ? { title } : {}),
          currency,
          before: was,
          after,
        }),
      ),
    };
  }
}
