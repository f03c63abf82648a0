import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';

/** A delegation as the database has it. */
export type DelegationRow = {
  id: string;
  by_ref: string;
  to_ref: string;
  from_day: string;
  until_day: string;
  reason: string | null;
  made_at: Date;
  ended_at: Date | null;
};

/** Those that are over are listed for so long. */
const listed = '90 days';

/** Who approves in whose place, in the database. */
export class DelegationStore {
  readonly #knex: Knex;
  readonly #now: () => Date;

  constructor(knex: Knex, now: () => Date = () => new Date()) {
    this.#knex = knex;
    this.#now = now;
  }

  /** Today, in UTC. */
  today(): string {
    return this.#now().toISOString().slice(0, 10);
  }

  /** Whom somebody stands in for today. Nobody stands in for who stands in. */
  async delegatorsOf(person: string): Promise<string[]> {
    const rows = await this.#holding().where({ to_ref: person });
    return [...new Set(rows.map(({ by_ref }) => by_ref))].sort();
  }

  /** Who stands in for some people today. */
  async standInsOf(people: string[]): Promise<string[]> {
    const rows = await this.#holding().whereIn('by_ref', people);
    return [...new Set(rows.map(({ to_ref }) => to_ref))].sort();
  }

  /** Of one person, or of all; newest first. */
  async list(person?: string): Promise<DelegationRow[]> {
    return this.#knex<DelegationRow>('delegations')
      .modify(rows => {
        if (person) {
          rows.where(which =>
            which.where({ by_ref: person }).orWhere({ to_ref: person }),
          );
        }
      })
      .whereRaw(`until_day::date > now() - interval '${listed}'`)
      .orderBy([
        { column: 'from_day', order: 'desc' },
        { column: 'made_at', order: 'desc' },
      ])
      .limit(200);
  }

  /** @throws NotFoundError */
  async get(id: string, knex: Knex = this.#knex): Promise<DelegationRow> {
    const row = await knex<DelegationRow>('delegations').where({ id }).first();
    if (!row) throw new NotFoundError(`There is no delegation ${id}`);
    return row;
  }

  async add(
    tx: Knex.Transaction,
    row: Omit<DelegationRow, 'made_at' | 'ended_at'>,
  ): Promise<void> {
    await tx('delegations').insert(row);
  }

  /** @returns whether it was not ended before */
  async end(tx: Knex.Transaction, id: string): Promise<boolean> {
    const ended = await tx('delegations')
      .where({ id, ended_at: null })
      .update({ ended_at: this.#now() });
    return ended > 0;
  }

  #holding() {
    const today = this.today();
    return this.#knex<DelegationRow>('delegations')
      .where({ ended_at: null })
      .where('from_day', '<=', today)
      .where('until_day', '>=', today);
  }
}
