/** Work that is done when there may be some: one round at a time, and another when it was asked for meanwhile. */
export class OnDemand {
  readonly #round: (stopped: AbortSignal) => Promise<void>;
  readonly #onFailure: (error: unknown) => void;
  readonly #stopped = new AbortController();
  #working: Promise<void> | undefined;
  #nudged = false;

  /** @param onFailure - told when a round fails; the next nudge tries again */
  constructor(
    round: (stopped: AbortSignal) => Promise<void>,
    onFailure: (error: unknown) => void,
  ) {
    this.#round = round;
    this.#onFailure = onFailure;
  }

  /** Has what waits worked on soon. */
  nudge(): void {
    this.#nudged = true;
    this.#working ??= this.#workOff().finally(() => {
      this.#working = undefined;
    });
  }

  /** Begins nothing more, and waits for what was begun. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#working;
  }

  async #workOff(): Promise<void> {
    const { signal } = this.#stopped;
    while (this.#nudged && !signal.aborted) {
      this.#nudged = false;
      try {
        await this.#round(signal);
      } catch (error) {
        this.#onFailure(error);
      }
    }
  }
}
