/** Runs pieces of work one after the other, in the order they came. */
export class InTurn {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs the work when all that came before it has ended, well or not. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}
