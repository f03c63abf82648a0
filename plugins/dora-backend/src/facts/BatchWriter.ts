import { isError } from '@backstage/errors';
import type { Knex } from 'knex';
import { importSource } from './factTables';
import type { EncodedFacts, FactStore, Located } from './FactStore';

/** How long the components of a batch are left alone: the next batches are likely to tell more of them. */
const restMs = 60_000;
/** While the import goes on they rest longer, for computing would take the processor from it. A killed one leaves them to rest a minute. */
const longestRestMs = 10 * 60_000;
const prolongEveryMs = 20_000;
/** Of an import that says again what is there, so many batches are restated before it is tried once more whether one is new. */
const mostRestated = 64;

/** There already, or just being written by somebody else in another order. */
const isKnown = (error: unknown) =>
  isError(error) &&
  'code' in error &&
  ['23505', '40P01'].includes(`${error.code}`);

/**
 * Stores the batches of an import one after the other: what is said twice of
 * a fact is said in that order. One is written while the next is read.
 */
export class BatchWriter {
  readonly #knex: Knex;
  readonly #store: FactStore;
  #writing: Promise<void> = Promise.resolve();
  /** For how many batches it is not even tried whether they are new: after one that was not, the next is not likely to be. */
  #restated = 0;
  #restatedNextTime = 1;
  /** The components whose numbers change, and when that was last heard. */
  readonly #concerned = new Map<number, number>();
  #prolongedAt = performance.now();

  constructor(knex: Knex, store: FactStore) {
    this.#knex = knex;
    this.#store = store;
  }

  /** Begins to write a batch when those before it are stored. Fails when one of those could not be. */
  async write(batch: Located[]): Promise<void> {
    const encoded =
      this.#restated > 0 ? undefined : this.#store.encode(importSource, batch);
    await this.#writing;
    this.#writing = this.#write(batch, encoded);
    // Whoever waits next is told.
    this.#writing.catch(() => {});
  }

  /** Settles when everything is stored. */
  async finished(): Promise<void> {
    await this.#writing;
  }

  /** Has the components computed whose numbers change by what is stored. */
  async release(): Promise<void> {
    await this.#writing.catch(() => {});
    await this.#store.rest(this.#knex, this.#concerned.keys(), 0);
  }

  async #write(
    batch: Located[],
    encoded: EncodedFacts | undefined,
  ): Promise<void> {
    if (batch.length === 0) return;
    const marked =
      (await this.#insert(encoded)) ??
      (await this.#knex.transaction(tx =>
        this.#store.put(tx, new Map([[importSource, batch]]), { restMs }),
      ));
    const now = performance.now();
    marked.forEach(service => this.#concerned.set(service, now));
    if (now - this.#prolongedAt > prolongEveryMs) await this.#prolong(now);
  }

  async #prolong(now: number): Promise<void> {
    this.#prolongedAt = now;
    const resting = [...this.#concerned].flatMap(([service, at]) =>
      now - at < longestRestMs ? [service] : [],
    );
    await this.#store.rest(this.#knex, resting, restMs);
  }

  /** @returns nothing when some of it is there already */
  async #insert(
    encoded: EncodedFacts | undefined,
  ): Promise<number[] | undefined> {
    if (!encoded) {
      this.#restated -= 1;
      return undefined;
    }
    try {
      const marked = await this.#knex.transaction(tx =>
        this.#store.insert(tx, encoded, { restMs }),
      );
      this.#restatedNextTime = 1;
      return marked;
    } catch (error) {
      if (!isKnown(error)) throw error;
      this.#restated = this.#restatedNextTime;
      this.#restatedNextTime = Math.min(
        2 * this.#restatedNextTime,
        mostRestated,
      );
      return undefined;
    }
  }
}
