import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';

/** Which groups are below which, as the catalog has it. */
export class GroupTree {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @throws NotFoundError when the catalog knows no such group */
  async require(ref: string): Promise<void> {
    const found = await this.#knex('entities')
      .where({ ref, kind: 'group' })
      .first('ref');
    if (!found) {
      throw new NotFoundError(`entityRef: the catalog knows no ${ref}`);
    }
  }

  /** A group and all groups below it. */
  async below(ref: string): Promise<string[]> {
    return this.#walk(ref, 'e.parent_ref = w.ref', 'e.ref');
  }

  /** A group and all groups above it. */
  async above(ref: string): Promise<string[]> {
    return this.#walk(ref, 'e.ref = w.ref', 'e.parent_ref');
  }

  async #walk(ref: string, step: string, next: string): Promise<string[]> {
    const { rows } = await this.#knex.raw<{ rows: { ref: string }[] }>(
      `with recursive walked as (
          select ?::text as ref
          union
          select ${next} from entities e join walked w on ${step}
            where e.kind = 'group' and ${next} is not null
        ) select ref from walked`,
      [ref],
    );
    return rows.map(row => row.ref);
  }
}
