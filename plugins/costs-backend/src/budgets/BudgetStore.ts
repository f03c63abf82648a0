import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { BudgetTerms, Crossing, StoredBudget } from './Budget';

type BudgetRow = {
  id: string;
  entity_ref: string;
  title: string | null;
  group_ref: string | null;
  period: StoredBudget['period'];
  currency: string;
  measure: StoredBudget['measure'];
  amount: string;
  thresholds: StoredBudget['thresholds'];
  version: number;
  set_by: string;
  set_at: Date;
  changed_by: string | null;
  changed_at: Date | null;
};

const selected = `
  select b.*, trim_scale(b.amount)::text as amount, e.title, e.group_ref
  from budgets b left join entities e on e.ref = b.entity_ref`;

const toBudget = (row: BudgetRow): StoredBudget => ({
  id: row.id,
  entityRef: row.entity_ref,
  title: row.title ?? row.entity_ref,
  ownerRef: row.group_ref,
  period: row.period,
  currency: row.currency,
  measure: row.measure,
  amount: row.amount,
  thresholds: row.thresholds,
  version: row.version,
  setBy: row.set_by,
  setAt: row.set_at,
  changedBy: row.changed_by,
  changedAt: row.changed_at,
});

const columnsOf = (terms: BudgetTerms) => ({
  entity_ref: terms.entityRef,
  period: terms.period,
  currency: terms.currency,
  measure: terms.measure,
  amount: terms.amount,
  thresholds: JSON.stringify(terms.thresholds),
});

function conflict(error: unknown, terms: BudgetTerms): unknown {
  if (!(error instanceof Error) || !isDatabaseConflictError(error)) {
    return error;
  }
  return new ConflictError(
    `${terms.entityRef} has a budget in ${terms.currency} for each ${terms.period} already; change that one, or end it`,
  );
}

/** Keeps budgets; one that was ended stays, and is found no more. */
export class BudgetStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * @param query.within - only what these groups or groups below them own; everything when absent
   */
  async list(query: {
    entityRef?: string;
    within?: string[];
    limit: number;
    offset: number;
  }): Promise<{ budgets: StoredBudget[]; total: number }> {
    const bindings = {
      ref: query.entityRef ?? null,
      within: query.within ?? null,
      limit: query.limit,
      offset: query.offset,
    };
    const { rows } = await this.#knex.raw<{
      rows: (BudgetRow & { total: number })[];
    }>(
      `select f.*, count(*) over ()::int as total from (
          ${selected} where b.ended_at is null
            and (:ref::text is null or b.entity_ref = :ref::text)
            and (:within::text[] is null or e.group_ref in (
              select g.ref from group_tree g where g.ancestor = any(:within::text[])))
        ) f
        order by coalesce(title, entity_ref), entity_ref, period, currency, id
        limit :limit offset :offset`,
      bindings,
    );
    return { budgets: rows.map(toBudget), total: rows[0]?.total ?? 0 };
  }

  /** Every budget that holds. */
  async all(): Promise<StoredBudget[]> {
    const { rows } = await this.#knex.raw<{ rows: BudgetRow[] }>(
      `${selected} where b.ended_at is null order by b.id`,
    );
    return rows.map(toBudget);
  }

  async find(id: string): Promise<StoredBudget | undefined> {
    const { rows } = await this.#knex.raw<{ rows: BudgetRow[] }>(
      `${selected} where b.id = ? and b.ended_at is null`,
      [id],
    );
    return rows.map(toBudget).at(0);
  }

  /** Whether there was a budget of this id that was ended. */
  async wasEnded(id: string): Promise<boolean> {
    const row = await this.#knex('budgets')
      .where({ id })
      .whereNotNull('ended_at')
      .first('id');
    return row !== undefined;
  }

  /** @throws ConflictError when there is one for the same already */
  async add(id: string, terms: BudgetTerms, by: string): Promise<void> {
    try {
      await this.#knex('budgets').insert({
        id,
        ...columnsOf(terms),
        set_by: by,
      });
    } catch (error) {
      throw conflict(error, terms);
    }
  }

  /**
   * Changes a budget as it was at a version.
   *
   * @returns whether it still was
   * @throws ConflictError when there is one for the same already
   */
  async change(
    id: string,
    version: number,
    terms: BudgetTerms,
    by: string,
  ): Promise<boolean> {
    try {
      const changed = await this.#knex('budgets')
        .where({ id, version, ended_at: null })
        .update({
          ...columnsOf(terms),
          version: version + 1,
          changed_by: by,
          changed_at: this.#knex.fn.now(),
        });
      return changed > 0;
    } catch (error) {
      throw conflict(error, terms);
    }
  }

  /** @returns whether it was as it was at the version */
  async end(id: string, version: number, by: string): Promise<boolean> {
    const ended = await this.#knex('budgets')
      .where({ id, version, ended_at: null })
      .update({ ended_by: by, ended_at: this.#knex.fn.now() });
    return ended > 0;
  }

  /**
   * Notes which thresholds were crossed in a period, and tells of those that
   * were not noted before: both or neither. Of several who notice it at once
   * one tells.
   */
  async note(
    { id, amount }: StoredBudget,
    periodStart: string,
    crossed: Crossing[],
    tell: (fresh: Crossing[]) => Promise<void>,
  ): Promise<void> {
    if (crossed.length === 0) return;
    await this.#knex.transaction(async tx => {
      const { rows } = await tx.raw<{
        rows: Pick<Crossing, 'basis' | 'percent'>[];
      }>(
        `insert into budget_notices (budget_id, period_start, basis, percent, amount)
          select ?::uuid, ?::date, c.basis, c.percent, ?::numeric
          from jsonb_to_recordset(?::jsonb) as c(basis text, percent int)
          on conflict do nothing returning basis, percent`,
        [id, periodStart, amount, JSON.stringify(crossed)],
      );
      const fresh = crossed.filter(({ basis, percent }) =>
        rows.some(row => row.basis === basis && row.percent === percent),
      );
      if (fresh.length > 0) await tell(fresh);
    });
  }
}
