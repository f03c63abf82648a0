const freshForMs = 10_000;
/** Answers about some hundred people at once; more only cost a look through them. */
const many = 5_000;

type Kept<T> = { answer: Promise<T>; until: number };

/** Answers of one kind, each kept for ten seconds. */
export class Memory<T> {
  readonly #kept = new Map<string, Kept<T>>();

  /** What is kept of a question; where nothing is, it is asked. */
  ask(key: string, put: () => Promise<T>): Promise<T> {
    const now = Date.now();
    const kept = this.#kept.get(key);
    if (kept && kept.until > now) return kept.answer;
    if (this.#kept.size > many) this.#forget(now);
    const answer = put();
    this.#kept.set(key, { answer, until: now + freshForMs });
    // A failure is not kept: the next question asks again.
    answer.catch(() => this.#kept.delete(key));
    return answer;
  }

  #forget(now: number): void {
    for (const [key, { until }] of this.#kept) {
      if (until <= now) this.#kept.delete(key);
    }
  }
}
