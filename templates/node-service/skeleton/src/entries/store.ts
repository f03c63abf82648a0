import type { components } from '../api-types.js';

export type Entry = components['schemas']['Entry'];

/** What the routes need; a database fits behind it as well. */
export interface EntryStore {
  /** Returns false, and changes nothing, when the key is taken. */
  add(entry: Entry): Promise<boolean>;
  get(key: string): Promise<Entry | undefined>;
  /** Returns false when there was nothing under the key. */
  remove(key: string): Promise<boolean>;
  /** Up to `limit` entries in the order of their keys, all after `after`. */
  list(page: { after: string; limit: number }): Promise<Entry[]>;
}

/** Lives and ends with the process, and is not shared between replicas. */
export class MemoryEntryStore implements EntryStore {
  readonly #entries = new Map<string, Entry>();

  add(entry: Entry): Promise<boolean> {
    if (this.#entries.has(entry.key)) {
      return Promise.resolve(false);
    }
    this.#entries.set(entry.key, entry);
    return Promise.resolve(true);
  }

  get(key: string): Promise<Entry | undefined> {
    return Promise.resolve(this.#entries.get(key));
  }

  remove(key: string): Promise<boolean> {
    return Promise.resolve(this.#entries.delete(key));
  }

  list(page: { after: string; limit: number }): Promise<Entry[]> {
    const keys = [...this.#entries.keys()]
      .filter(key => key > page.after)
      .sort()
      .slice(0, page.limit);
    return Promise.resolve(keys.flatMap(key => this.#entries.get(key) ?? []));
  }
}
