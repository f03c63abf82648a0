import type { Delivery, DeliverySource } from '@waymark/plugin-dora-node';
import { createHash } from 'node:crypto';
import type { InboxStore, NewDelivery } from './InboxStore';

/** What the sender is told: that it is stored, and whether it had been before. */
export type Receipt = { id: string; duplicate: boolean };

type Pending = {
  delivery: NewDelivery;
  resolve: (receipt: Receipt) => void;
  reject: (error: unknown) => void;
};

/** Headers that hold secrets or prove something only once; nobody needs them afterwards. */
const notKept =
  /authorization|cookie|token|secret|signature|api-?key|password|^x-forwarded|^forwarded$/;

/** Most rows that one statement writes. */
const batchSize = 500;

/** What an index has room for, by far. */
const longestId = 200;

const digest = (of: string | Buffer) =>
  `sha256:${createHash('sha256').update(of).digest('hex')}`;

/** An id that can be stored: senders choose theirs, and one must not fail the others of its batch. */
const storable = (id: string) =>
  id.length > longestId || id.includes('\0') ? digest(id) : id;

/**
 * Takes deliveries in: checks who sent them, stores them, and only then
 * answers. What it has answered is on disk.
 */
export class Inbox {
  readonly #store: InboxStore;
  readonly #onStored: () => void;
  #pending: Pending[] = [];
  #writing = false;

  private constructor(options: { store: InboxStore; onStored: () => void }) {
    this.#store = options.store;
    this.#onStored = options.onStored;
  }

  /** @param options.onStored - called after deliveries were stored, to have them read soon */
  static create(options: { store: InboxStore; onStored: () => void }): Inbox {
    return new Inbox(options);
  }

  /**
   * Stores a delivery.
   *
   * @throws AuthenticationError when the sender is not who it should be; that is counted
   */
  async receive(source: DeliverySource, delivery: Delivery): Promise<Receipt> {
    try {
      source.verify(delivery, new Date());
    } catch (error) {
      await this.#store.countRefused(source.id);
      throw error;
    }
    return this.accept(source, delivery);
  }

  /** Stores a delivery whose sender was checked at another door. */
  async accept(source: DeliverySource, delivery: Delivery): Promise<Receipt> {
    return this.#enqueue({
      source: source.id,
      deliveryId: storable(
        source.deliveryId(delivery) ?? digest(delivery.body),
      ),
      event: source.eventOf?.(delivery)?.replaceAll('\0', '').slice(0, 200),
      headers: Object.fromEntries(
        Object.entries(delivery.headers).filter(
          ([name, value]) => value !== undefined && !notKept.test(name),
        ),
      ) as Record<string, string>,
      body: delivery.body,
    });
  }

  /** Those that arrive while others are being written are written together: one flush to disk serves them all. */
  #enqueue(delivery: NewDelivery): Promise<Receipt> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ delivery, resolve, reject });
      if (!this.#writing) void this.#write();
    });
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#pending.length > 0) {
      const batch = this.#pending.splice(0, batchSize);
      try {
        const receipts = await this.#store.add(
          batch.map(({ delivery }) => delivery),
        );
        batch.forEach(({ resolve }, index) => resolve(receipts[index]));
        this.#onStored();
      } catch (error) {
        batch.forEach(({ reject }) => reject(error));
      }
    }
    this.#writing = false;
  }
}
