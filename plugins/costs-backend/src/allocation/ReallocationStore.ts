import type {
  Measure,
  Reallocation,
  Rule,
  RuleChange,
} from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';

type ReallocationRow = {
  id: string;
  state: Reallocation['state'];
  rules: Rule[];
  from: string;
  to: string;
  measure: Measure;
  reason: string | null;
  created_by: string;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  attempts: number;
  error: string | null;
  change: RuleChange | null;
  bills: number;
  allocated: number;
};

const open = ['waiting', 'allocating'];

const iso = (date: Date | null) => date?.toISOString() ?? null;

function toReallocation(row: ReallocationRow): Reallocation {
  const isOpen = open.includes(row.state);
  return {
    id: row.id,
    state: row.state,
    rules: row.rules,
    from: row.from,
    to: row.to,
    measure: row.measure,
    reason: row.reason,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    startedAt: iso(row.started_at),
    endedAt: iso(row.ended_at),
    error: row.error,
    bills: isOpen ? row.bills : row.change?.bills ?? 0,
    allocated: isOpen ? row.allocated : row.change?.bills ?? 0,
    ...(row.change ? { change: row.change } : {}),
  };
}

/** Changes of the rules: one at a time is worked on, by one backend. */
export class ReallocationStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The bills that a change is about, which are those that count now. */
  async bills(
    tx: Knex,
    { from, to }: { from: string; to: string },
    options: { isNext?: boolean; lock?: boolean } = {},
  ): Promise<string[]> {
    const rows: { id: string }[] = await tx('bills')
      .where({ current: true })
      .where('period_start', '>=', from)
      .where('period_start', '<', to)
      .modify(builder => {
        if (options.isNext) {
          builder.whereNotIn('id', tx('next_bills').select('bill_id'));
        }
        if (options.lock) builder.forUpdate();
      })
      .orderBy('period_start', 'desc')
      .orderBy('id')
      .select('id');
    return rows.map(({ id }) => id);
  }

  async add(
    tx: Knex.Transaction,
    asked: Pick<
      Reallocation,
      'id' | 'rules' | 'from' | 'to' | 'measure' | 'reason'
    > & {
      createdBy: string;
    },
  ): Promise<void> {
    await tx('reallocations').insert({
      id: asked.id,
      state: 'waiting',
      rules: JSON.stringify(asked.rules),
      period_from: asked.from,
      period_to: asked.to,
      measure: asked.measure,
      reason: asked.reason,
      created_by: asked.createdBy,
    });
  }

  async find(id: string, knex = this.#knex): Promise<Reallocation | undefined> {
    const row = await this.#rows(knex).where({ id }).first();
    return row && toReallocation(row);
  }

  async list(query: {
    limit: number;
    offset: number;
  }): Promise<{ items: Reallocation[]; total: number }> {
    const [rows, [{ total }]] = await Promise.all([
      this.#rows(this.#knex)
        .orderBy('number', 'desc')
        .limit(query.limit)
        .offset(query.offset),
      this.#knex('reallocations').count({ total: '*' }),
    ]);
    return { items: rows.map(toReallocation), total: Number(total) };
  }

  /** The change that is not done yet. */
  async open(knex: Knex): Promise<Reallocation | undefined> {
    const row = await this.#rows(knex).whereIn('state', open).first();
    return row && toReallocation(row);
  }

  /** Has others who ask for a change wait for the end of the transaction. */
  async lock(tx: Knex.Transaction): Promise<void> {
    await tx.raw(
      `select pg_advisory_xact_lock(hashtext('costs.reallocations'))`,
    );
  }

  /** Has this transaction be the one that works on changes; false when another one is. */
  async isMine(tx: Knex.Transaction): Promise<boolean> {
    const { rows } = await tx.raw<{ rows: { mine: boolean }[] }>(
      `select pg_try_advisory_xact_lock(hashtext('costs.reallocation')) as mine`,
    );
    return rows[0].mine;
  }

  /** Says that a change is worked on. @returns how often that was begun */
  async begin(id: string): Promise<number> {
    const [{ attempts }] = await this.#knex('reallocations')
      .where({ id })
      .update({
        state: 'allocating',
        started_at: this.#knex.raw('coalesce(started_at, now())'),
        attempts: this.#knex.raw('attempts + 1'),
      })
      .returning('attempts');
    return attempts;
  }

  async end(
    tx: Knex,
    id: string,
    end:
      | { state: 'done'; change: RuleChange }
      | { state: 'failed'; error: string },
  ): Promise<void> {
    await tx('reallocations')
      .where({ id })
      .update({
        state: end.state,
        ended_at: tx.fn.now(),
        ...(end.state === 'done'
          ? { change: JSON.stringify(end.change) }
          : { error: end.error }),
      });
  }

  /** With how far those are that are worked on. */
  #rows(knex: Knex): Knex.QueryBuilder<ReallocationRow, ReallocationRow[]> {
    const mine = `from bills b where b.current and b.period_start >= r.period_from
      and b.period_start < r.period_to`;
    return knex('reallocations as r').select(
      'r.*',
      knex.raw(`r.period_from::text as "from", r.period_to::text as "to",
        (select count(*)::int ${mine}) as bills,
        (select count(*)::int ${mine} and exists (
          select 1 from next_bills n where n.bill_id = b.id)) as allocated`),
    );
  }
}
