/** What one module may bring, and no second one. */
export class Provided<T> {
  readonly #kind: string;
  #value: T | undefined;

  /** @param kind - what it is called in an error, in the plural */
  constructor(kind: string) {
    this.#kind = kind;
  }

  /** @throws Error when there is one already */
  set(value: T): void {
    if (this.#value) throw new Error(`There are two ${this.#kind}`);
    this.#value = value;
  }

  /** Undefined as long as no module brought it. */
  get value(): T | undefined {
    return this.#value;
  }
}
