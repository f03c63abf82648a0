import { NotFoundError } from '@backstage/errors';
import type {
  DeliveryDetail,
  InboxDelivery,
  SourceStatus,
} from '@waymark/plugin-dora-common';
import type { DeliverySource } from '@waymark/plugin-dora-node';
import type { Knex } from 'knex';
import type { InboxStore, StoredDelivery } from '../ingest/InboxStore';
import type { SourceRegistry } from '../ingest/SourceRegistry';
import type { FactImport } from './FactImport';
import type { IntakeService } from './IntakeService';
import { UnmatchedStore } from './UnmatchedStore';

function listed(delivery: StoredDelivery): InboxDelivery {
  return {
    id: delivery.id,
    source: delivery.source,
    deliveryId: delivery.deliveryId,
    ...(delivery.event === null ? {} : { event: delivery.event }),
    receivedAt: delivery.receivedAt.toISOString(),
    state: delivery.state,
    attempts: delivery.attempts,
    ...(delivery.message === null ? {} : { message: delivery.message }),
  };
}

/** Reads the inbox and takes imports. */
export class DefaultIntakeService implements IntakeService {
  readonly #knex: Knex;
  readonly #inbox: InboxStore;
  readonly #sources: SourceRegistry;
  readonly #imports: FactImport;
  readonly #unmatched: UnmatchedStore;
  readonly #keepMs: number;
  readonly #onReplay: () => void;

  private constructor(options: IntakeServiceOptions) {
    this.#knex = options.knex;
    this.#inbox = options.inbox;
    this.#sources = options.sources;
    this.#imports = options.imports;
    this.#unmatched = new UnmatchedStore(options.knex);
    this.#keepMs = options.keepMs;
    this.#onReplay = options.onReplay;
  }

  /** @param options.onReplay - called after a delivery waits again */
  static create(options: IntakeServiceOptions): DefaultIntakeService {
    return new DefaultIntakeService(options);
  }

  async importFacts(lines: AsyncIterable<Buffer>) {
    return this.#imports.run(lines);
  }

  async deliveries(query: Parameters<IntakeService['deliveries']>[0]) {
    const { items, total } = await this.#inbox.list({
      ...query,
      limit: query.limit ?? 50,
      offset: query.offset ?? 0,
    });
    return { items: items.map(listed), total };
  }

  async delivery(id: string): Promise<DeliveryDetail> {
    const delivery = await this.#inbox.find(id);
    if (!delivery) throw new NotFoundError(`There is no delivery ${id}`);
    const body = await this.#inbox.bodyOf(id);
    return { ...listed(delivery), body: body?.toString('utf8') ?? '' };
  }

  async replay(id: string): Promise<InboxDelivery> {
    const delivery = await this.#inbox.requeue(id);
    if (!delivery) throw new NotFoundError(`There is no delivery ${id}`);
    this.#onReplay();
    return listed(delivery);
  }

  async replayAll(which: Parameters<IntakeService['replayAll']>[0]) {
    const replayed = await this.#inbox.requeueAll(which.state, which.source);
    if (replayed > 0) this.#onReplay();
    return { replayed };
  }

  async unmatched(query: { limit?: number; offset?: number }) {
    return this.#unmatched.list(query.limit ?? 50, query.offset ?? 0);
  }

  async status() {
    // Of one moment: counters from before a delivery was read, beside "nothing
    // waits" from after it, would show a delivery that is nowhere.
    const { counters, waiting, stale } = await this.#knex.transaction(
      async tx => {
        const { rows } = await tx.raw<{ rows: { stale: string }[] }>(
          `select (select count(*) from stale_services)
            + (select count(*) from stale_buckets where level = 4) as stale`,
        );
        return {
          counters: await this.#inbox.counters(tx),
          waiting: await this.#inbox.countWaiting(tx),
          stale: Number(rows[0].stale),
        };
      },
      { isolationLevel: 'repeatable read', readOnly: true },
    );
    return {
      sources: this.#sources
        .list()
        .map(source => sourceStatus(source, counters[source.id])),
      waiting,
      stale,
      upToDate: waiting === 0 && stale === 0,
      keepsDays: this.#keepMs / 86_400_000,
    };
  }
}

function sourceStatus(
  { id, title, history }: DeliverySource,
  row: Record<string, unknown> | undefined,
): SourceStatus {
  const counter = (name: string) => Number(row?.[name] ?? 0);
  return {
    id,
    title,
    hasHistory: history !== undefined,
    received: counter('received'),
    duplicate: counter('duplicate'),
    applied: counter('applied'),
    ignored: counter('ignored'),
    unmatched: counter('unmatched'),
    failed: counter('failed'),
    refused: counter('refused'),
    ...(row?.last_at instanceof Date
      ? { lastAt: row.last_at.toISOString() }
      : {}),
  };
}

type IntakeServiceOptions = {
  knex: Knex;
  inbox: InboxStore;
  sources: SourceRegistry;
  imports: FactImport;
  /** How long deliveries are kept that were understood. */
  keepMs: number;
  onReplay: () => void;
};
