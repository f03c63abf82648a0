/** Tells whoever listens that something happened to a request. */
export class Changes {
  readonly #listeners: ((requestId: string) => void)[] = [];

  listen(listener: (requestId: string) => void): void {
    this.#listeners.push(listener);
  }

  /** Says that something happened; safe to hand on as it is. */
  readonly tell = (requestId: string): void => {
    for (const listener of this.#listeners) listener(requestId);
  };
}
