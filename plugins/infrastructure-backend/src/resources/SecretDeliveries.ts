import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SecretSink } from '@waymark/plugin-infrastructure-node';
import type { Knex } from 'knex';
import type { AuditTrail } from '../audit/AuditTrail';
import type { ResourceRow } from '../requests/records';
import type { RequestStore } from '../requests/RequestStore';
import type { Outputs, SecretRow } from '../runs/Outputs';

const patienceMs = 30_000;

/**
 * Brings secrets to the sinks that keep them. They wait encrypted until that
 * worked, and are forgotten then; what did not work is tried again.
 */
export class SecretDeliveries {
  readonly #parts: Parameters<typeof SecretDeliveries.create>[0];

  private constructor(parts: Parameters<typeof SecretDeliveries.create>[0]) {
    this.#parts = parts;
  }

  static create(parts: {
    knex: Knex;
    audit: AuditTrail;
    logger: LoggerService;
    outputs: Outputs;
    requests: RequestStore;
    sinks: ReadonlyMap<string, SecretSink>;
  }): SecretDeliveries {
    return new SecretDeliveries(parts);
  }

  /** Delivers what waits, and removes what is to go. */
  async work(): Promise<void> {
    const { outputs } = this.#parts;
    for (const resource of await outputs.undelivered()) {
      await this.#bring(resource);
    }
  }

  /** Delivers the secrets of a request's resource, when they wait. Never fails. */
  async deliver(requestId: string): Promise<void> {
    const { logger, outputs, requests } = this.#parts;
    try {
      const { resource } = await requests.order(requestId);
      for (const id of await outputs.undelivered(resource.id)) {
        await this.#bring(id);
      }
    } catch (error) {
      logger.warn(`The secrets of ${requestId} were not looked at: ${error}`);
    }
  }

  async #bring(resourceId: string): Promise<void> {
    const { logger, outputs, requests } = this.#parts;
    const resource = await requests.resource(resourceId);
    try {
      await this.#take(resource, await outputs.waiting(resourceId));
    } catch (error) {
      // Sinks keep values out of their errors.
      const message = (error as Error).message;
      logger.warn(`The secrets of ${resource.name} wait: ${message}`);
      await outputs.noteDeliveryError(resourceId, message);
    }
  }

  async #take(resource: ResourceRow, rows: SecretRow[]): Promise<void> {
    const { audit, knex, outputs, sinks } = this.#parts;
    const [first] = rows;
    if (!first?.sink) return;
    const { settings, sink: name } = first.sink;
    const sink = sinks.get(name);
    if (!sink) throw new Error(`The sink "${name}" is not part of this portal`);
    const { environment, id, name: called, owner_ref: owner } = resource;
    const delivery = {
      resource: { id, name: called, environment, owner },
      settings,
    };
    const signal = AbortSignal.timeout(patienceMs);
    const isEnd = rows.some(({ removing }) => removing);
    // Beside the secrets goes what is needed to use them, such as host and user.
    const values = { ...resource.outputs, ...outputs.open(rows) };
    const place = isEnd
      ? await sink.remove(delivery, signal)
      : await sink.deliver(delivery, values, signal);
    await knex.transaction(async tx => {
      await outputs.endDelivery(tx, rows, place ?? undefined);
      await audit.append(tx, [
        {
          action: isEnd ? 'secret.removed' : 'secret.delivered',
          resource: id,
          detail: {
            outputs: rows.map(row => row.name),
            sink: name,
            ...(place && { place }),
          },
        },
      ]);
    });
  }
}
