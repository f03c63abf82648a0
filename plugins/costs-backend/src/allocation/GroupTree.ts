import type { Knex } from 'knex';

/** Which groups are above which, and what they own, as the catalog has it. */
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

  /** The group that owns an entity; undefined where the catalog knows no such entity. */
  async ownerOf(entityRef: string): Promise<string | null | undefined> {
    const row = await this.#knex('entities')
      .where({ ref: entityRef })
      .first('group_ref');
    return row && row.group_ref;
  }
}
