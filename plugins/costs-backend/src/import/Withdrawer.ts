import { ConflictError, isError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { BillStore } from './BillStore';
import type { ImportRow, ImportStore } from './ImportStore';

/** Who waits longer than this for bills that are worked on is told so. */
const usualPatienceMs = 5_000;

/** What PostgreSQL says of a lock that did not come in time. */
const lockNotAvailable = '55P03';

const isTooLong = (error: unknown): boolean =>
  isError(error) && 'code' in error && error.code === lockNotAvailable;

function refusal({ id, state }: ImportRow): ConflictError {
  switch (state) {
    case 'done':
      return new ConflictError(
        `Nothing of import ${id} counts any more: other files took its place. Take those back, if they are wrong`,
      );
    case 'unchanged':
      return new ConflictError(
        `Import ${id} brought nothing: the same file counted already. Take back the import that brought it`,
      );
    case 'failed':
      return new ConflictError(`Import ${id} failed; nothing of it counts`);
    default:
      return new ConflictError(
        `Import ${id} is not over; cancel it, and nothing of it will count`,
      );
  }
}

/** Has what an import brought count no more. */
export class Withdrawer {
  readonly #knex: Knex;
  readonly #imports: ImportStore;
  readonly #bills: BillStore;
  readonly #patienceMs: number;

  constructor(options: {
    knex: Knex;
    imports: ImportStore;
    bills: BillStore;
    patienceMs?: number;
  }) {
    this.#knex = options.knex;
    this.#imports = options.imports;
    this.#bills = options.bills;
    this.#patienceMs = options.patienceMs ?? usualPatienceMs;
  }

  /**
   * Nothing of the import counts when this settles, or all of it does as
   * before. What is taken back already stays as it is.
   *
   * @throws ConflictError when nothing of it counts, or others work on it for long
   */
  async withdraw(
    id: string,
    { by, reason }: { by: string; reason: string },
  ): Promise<ImportRow> {
    try {
      return await this.#knex.transaction(async tx => {
        await tx.raw(`set local lock_timeout = ${this.#patienceMs}`);
        const row = await this.#imports.hold(tx, id);
        if (!row) throw new NotFoundError(`There is no import ${id}`);
        if (row.state === 'withdrawn') return row;
        if (row.state !== 'done') throw refusal(row);
        const { source } = row;
        const periods = await this.#bills.withdraw(tx, {
          source,
          importId: id,
        });
        if (periods.length === 0) throw refusal(row);
        const at = new Date().toISOString();
        return this.#imports.withdraw(tx, id, { at, by, reason, periods });
      });
    } catch (error) {
      if (!isTooLong(error)) throw error;
      throw new ConflictError(
        `Bills of the source of import ${id} are being stored or allocated; try again when that is done`,
      );
    }
  }
}
