import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { createHash } from 'node:crypto';
import stableStringify from 'safe-stable-stringify';
import type { Actors, Caller } from '../requests/people';

/** Whoever has not answered by now died on the way. */
const patience = '1 minute';

/** Lets callers repeat a write without its effect being repeated. */
export class Idempotency {
  readonly #knex: Knex;
  readonly #actors: Actors;

  constructor(knex: Knex, actors: Actors) {
    this.#knex = knex;
    this.#actors = actors;
  }

  /**
   * Does something once for each key of a caller, and answers repetitions as
   * the first time. What fails may be tried again with the same key.
   *
   * @param asked - all that decides what is done; the same key with something else is refused
   * @param act - gets what keeps the answer in its own transaction, so that a
   *   process that dies right after it leaves both
   * @throws ConflictError
   */
  async once<T extends object>(
    of: { caller: Caller; key: string | undefined; asked: JsonObject },
    act: (
      keep: (tx: Knex.Transaction, answer: T) => Promise<void>,
    ) => Promise<T>,
  ): Promise<T> {
    if (!of.key) return act(async () => {});
    const { ref: caller } = await this.#actors.of(of.caller);
    const where = { caller, key: of.key };
    const digest = createHash('sha256')
      .update(stableStringify(of.asked))
      .digest('hex');
    const { rows } = await this.#knex.raw(
      `insert into idempotency (caller, key, digest) values (:caller, :key, :digest)
        on conflict (caller, key) do update set at = now()
          where idempotency.answer is null and idempotency.digest = :digest
            and idempotency.at < now() - interval '${patience}'
        returning at::text as since`,
      { ...where, digest },
    );
    if (rows.length === 0) {
      const known = await this.#knex('idempotency').where(where).first();
      if (known && known.digest !== digest) {
        throw new ConflictError(
          'This Idempotency-Key was used for something else; choose another',
        );
      }
      if (!known?.answer) {
        throw new ConflictError(
          'The same is being done already; ask again in a moment',
        );
      }
      return known.answer;
    }
    // Whoever took so long that another began anew finds the row to be theirs no more.
    const mine = (tx: Knex) =>
      tx('idempotency')
        .where(where)
        .whereRaw('at = ?::timestamptz', [rows[0].since]);
    const keep = async (tx: Knex, answer: T): Promise<boolean> =>
      (await mine(tx).update({ answer: JSON.stringify(answer) })) > 0;
    try {
      const answer = await act(async (tx, toKeep) => {
        if (await keep(tx, toKeep)) return;
        throw new ConflictError(
          'It took so long that the same was begun anew, and that one counts; ask again for its answer',
        );
      });
      await keep(this.#knex, answer);
      return answer;
    } catch (error) {
      // What was done stays done, though whoever asked was not told.
      await mine(this.#knex).whereNull('answer').delete();
      throw error;
    }
  }
}
