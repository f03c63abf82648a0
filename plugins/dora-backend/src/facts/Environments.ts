import type { Knex } from 'knex';

/**
 * The environments by number. What senders call them is brought to one name
 * each: letter case does not matter, and the configuration lists what else
 * means the same, such as `prod` for `production`.
 */
export class Environments {
  readonly #knex: Knex;
  readonly #names: Map<string, string>;
  readonly #ids = new Map<string, number>();

  private constructor(knex: Knex, aliases: Record<string, string[]>) {
    this.#knex = knex;
    this.#names = new Map(
      Object.entries(aliases).flatMap(([name, others]) =>
        others.map(other => [other.toLowerCase(), name] as const),
      ),
    );
  }

  /** @param options.aliases - by name, what else means the same */
  static create(options: {
    knex: Knex;
    aliases: Record<string, string[]>;
  }): Environments {
    return new Environments(options.knex, options.aliases);
  }

  /** The one name of an environment. */
  nameOf(said: string): string {
    const lower = said.trim().toLowerCase();
    return this.#names.get(lower) ?? lower;
  }

  /** The number of an environment, which is given one when it is new. */
  async idOf(said: string): Promise<number> {
    return (await this.find(said)) ?? this.#add(this.nameOf(said));
  }

  /** The number of an environment that something was deployed to. */
  async find(said: string): Promise<number | undefined> {
    const name = this.nameOf(said);
    const cached = this.#ids.get(name);
    if (cached !== undefined) return cached;
    const row = await this.#knex('environments').where({ name }).first('id');
    if (row) this.#ids.set(name, row.id);
    return row?.id;
  }

  async #add(name: string): Promise<number> {
    await this.#knex('environments')
      .insert({ name })
      .onConflict('name')
      .ignore();
    const { id } = await this.#knex('environments').where({ name }).first('id');
    this.#ids.set(name, id);
    return id;
  }

  /** All names, for people to choose from. */
  async list(): Promise<{ id: number; name: string }[]> {
    return this.#knex('environments').select('id', 'name').orderBy('id');
  }
}
