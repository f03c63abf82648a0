import type { Knex } from 'knex';

/** Which groups are above which, as the catalog has it. */
export class GroupTree {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** A group and all groups above it. */
  async above(groupRef: string): Promise<string[]> {
    const rows: { ancestor: string }[] = await this.#knex('group_tree')
      .where({ ref: groupRef })
      .select('ancestor');
    return rows.map(({ ancestor }) => ancestor);
  }
}
