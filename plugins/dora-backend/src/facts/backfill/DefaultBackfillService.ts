import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { Backfill, BackfillOrder } from '@waymark/plugin-dora-common';
import type { DeliveryHistory } from '@waymark/plugin-dora-node';
import type { Knex } from 'knex';
import { callerName } from '@waymark/plugin-authorization-node';
import type { BackfillStore } from '../../ingest/backfill/BackfillStore';
import type { SourceRegistry } from '../../ingest/SourceRegistry';
import type { ServiceDirectory } from '../ServiceDirectory';
import type { BackfillService } from './BackfillService';
import { projectsBelow } from './projectsBelow';

/** Takes orders for backfills, which the worker then brings. */
export class DefaultBackfillService implements BackfillService {
  readonly #options: BackfillServiceOptions;

  private constructor(options: BackfillServiceOptions) {
    this.#options = options;
  }

  /** @param options.onOrder - called when there is something to bring */
  static create(options: BackfillServiceOptions): DefaultBackfillService {
    return new DefaultBackfillService(options);
  }

  async start(
    order: BackfillOrder,
    { credentials }: { credentials: BackstageCredentials },
  ): Promise<Backfill> {
    const { knex, store, onOrder } = this.#options;
    const { annotation } = this.#requireHistory(order.source);
    const since = requirePast(order.since);
    const entityRef = await this.#requireEntity(order.entityRef);
    const projects = await projectsBelow(knex, annotation, entityRef);
    if (projects.length === 0) {
      throw new InputError(
        `entityRef: no component ${
          entityRef ? `of ${entityRef}` : 'of the catalog'
        } has the annotation ${annotation}, which names its project`,
      );
    }
    const open = await store.findOpen(order.source, entityRef);
    if (open) {
      throw new ConflictError(
        `Backfill ${open} brings the same; wait for it, or cancel it first`,
      );
    }
    const backfill = await store.add({
      source: order.source,
      entityRef,
      since,
      requestedBy: callerName(credentials),
      projects,
    });
    onOrder();
    return backfill;
  }

  async list(query: { limit?: number; offset?: number }) {
    return this.#options.store.list(query.limit ?? 50, query.offset ?? 0);
  }

  async find(id: string): Promise<Backfill> {
    const backfill = await this.#options.store.find(id);
    if (!backfill) throw new NotFoundError(`There is no backfill ${id}`);
    return backfill;
  }

  async cancel(id: string): Promise<Backfill> {
    const before = await this.find(id);
    if (!(await this.#options.store.cancel(id))) {
      throw new ConflictError(
        `Backfill ${id} has ended: it is ${before.state}`,
      );
    }
    return this.find(id);
  }

  async resume(id: string): Promise<Backfill> {
    const before = await this.find(id);
    if (!(await this.#options.store.resume(id))) {
      throw new ConflictError(
        `Backfill ${id} is ${before.state}; only one that failed or was cancelled can be resumed`,
      );
    }
    this.#options.onOrder();
    return this.find(id);
  }

  #requireHistory(id: string): DeliveryHistory {
    const sources = this.#options.sources.list();
    const history = sources.find(source => source.id === id)?.history;
    if (history) return history;
    const others = sources.flatMap(source => (source.history ? source.id : []));
    throw new InputError(
      `source: "${id}" cannot be asked for its past; ${
        others.length > 0
          ? `${others.join(' and ')} can`
          : 'github and gitlab can once integrations has a token for their host'
      }`,
    );
  }

  async #requireEntity(text: string | undefined): Promise<string | undefined> {
    if (text === undefined) return undefined;
    const found = await this.#options.directory.findEntities({ entity: text });
    if (!found) {
      throw new InputError(
        `entityRef: the catalog knows no component, system, domain or group "${text}"; a new one is known here within 20 seconds`,
      );
    }
    return found[0];
  }
}

/** @throws InputError when it is no instant that has been */
function requirePast(text: string): Date {
  const at = new Date(text);
  const [date] = text.split('T');
  if (
    Number.isNaN(at.getTime()) ||
    // There is no 30 February, whatever a parser makes of it.
    new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) !== date
  ) {
    throw new InputError(`since: ${text} is not in the calendar`);
  }
  if (at.getTime() >= Date.now()) {
    throw new InputError(
      `since: ${text} has not been yet; say from when on the past is wanted`,
    );
  }
  return at;
}

type BackfillServiceOptions = {
  knex: Knex;
  store: BackfillStore;
  sources: SourceRegistry;
  directory: ServiceDirectory;
  onOrder: () => void;
};
