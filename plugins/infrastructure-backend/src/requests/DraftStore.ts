import type { Draft, Wish } from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';

/** Keeps what people began to fill in, one draft for each person and offering. */
export class DraftStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async find(person: string, offering: string): Promise<Draft> {
    const row = await this.#knex('drafts').where({ person, offering }).first();
    return row ? { wish: row.wish, savedAt: row.saved_at.toISOString() } : {};
  }

  async put(person: string, offering: string, wish: Wish): Promise<Draft> {
    await this.#knex('drafts')
      .insert({
        person,
        offering,
        wish: JSON.stringify(wish),
        saved_at: this.#knex.fn.now(),
      })
      .onConflict(['person', 'offering'])
      .merge();
    return this.find(person, offering);
  }

  async remove(
    person: string,
    offering: string,
    tx: Knex = this.#knex,
  ): Promise<void> {
    await tx('drafts').where({ person, offering }).delete();
  }
}
