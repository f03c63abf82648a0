import type { SignalApi } from '@backstage/plugin-signals-react';

/** Channels on which a test says that something happened. */
export class FakeSignals implements SignalApi {
  readonly #listeners = new Map<string, Set<(message: never) => void>>();

  subscribe<T>(channel: string, onMessage: (message: T) => void) {
    const listeners = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, listeners.add(onMessage));
    return { unsubscribe: () => listeners.delete(onMessage) };
  }

  /** Tells all who listen. */
  send(channel: string, message: object) {
    this.#listeners.get(channel)?.forEach(listen => listen(message as never));
  }

  /** How many listen. */
  listeners(channel: string): number {
    return this.#listeners.get(channel)?.size ?? 0;
  }
}
