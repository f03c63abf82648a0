/** Things that modules brought, each under a name of its own. */
export class NamedRegistry<T extends { readonly name: string }> {
  readonly #kind: string;
  readonly #byName = new Map<string, T>();

  /** @param kind - what they are called in an error, in the plural */
  constructor(kind: string) {
    this.#kind = kind;
  }

  /** @throws Error when the name is taken */
  add(thing: T): void {
    if (this.#byName.has(thing.name)) {
      throw new Error(
        `There are two ${this.#kind} by the name of ${thing.name}`,
      );
    }
    this.#byName.set(thing.name, thing);
  }

  /** All of them once every module is through. */
  get byName(): ReadonlyMap<string, T> {
    return this.#byName;
  }
}
