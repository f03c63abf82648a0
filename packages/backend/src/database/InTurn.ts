/** Runs pieces of work one after the other, in the order they came. */
export class InTurn {
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  /**
   * Runs the work when all that came before it has ended, well or not.
   *
   * @throws Error when the turns were closed before this one came
   */
  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(() => {
      if (this.#closed) throw new Error('The portal is stopping');
      return work();
    });
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  /** Refuses all work that has not begun, and settles when the rest has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
  }
}
