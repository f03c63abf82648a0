import type { Handover } from '@waymark/plugin-infrastructure-node';
import type { Knex } from 'knex';
import type { AuditTrail } from '../audit/AuditTrail';
import type { Reservations } from '../decisions/Reservations';
import type { Offerings } from '../offerings/Offerings';
import type { Order } from '../requests/records';
import type { RequestStore } from '../requests/RequestStore';
import type { Outputs } from './Outputs';
import { settle } from './settling';

/** Ends requests whose work is done, and writes down what it gave. */
export class Completion {
  readonly #parts: Parameters<typeof Completion.create>[0];

  private constructor(parts: Parameters<typeof Completion.create>[0]) {
    this.#parts = parts;
  }

  static create(parts: {
    audit: AuditTrail;
    offerings: Offerings;
    outputs: Outputs;
    requests: RequestStore;
    reservations: Reservations;
  }): Completion {
    return new Completion(parts);
  }

  /** Ends a locked request that came about. */
  async complete(
    tx: Knex.Transaction,
    order: Order,
    event: 'succeed' | 'heal',
    given: {
      outputs?: Record<string, string>;
      remark?: string;
      detail: Record<string, string>;
    },
  ): Promise<void> {
    const { audit, requests } = this.#parts;
    const { request, resource } = order;
    const { remark } = given;
    const done = await requests.move(tx, order, event, {
      message: remark ?? null,
    });
    await settle(tx, done, {
      keep: () => this.#keep(tx, order, given.outputs ?? {}),
      parts: this.#parts,
    });
    await audit.append(tx, [
      {
        action: 'request.done',
        request: request.id,
        resource: resource.id,
        detail: { ...given.detail, ...(remark && { remark }) },
      },
    ]);
  }

  /** Notes of a locked request that others finish it; what it gives is kept already. */
  async handOver(
    tx: Knex.Transaction,
    order: Order,
    handover: Handover & { engine: string },
    given: { outputs: Record<string, string>; detail: Record<string, string> },
  ): Promise<void> {
    const { audit, requests } = this.#parts;
    const { request, resource } = order;
    await requests.move(tx, order, 'handOver', { message: handover.waitsFor });
    await tx('resources')
      .where({ id: resource.id })
      .update({
        outputs: JSON.stringify(await this.#keep(tx, order, given.outputs)),
        handover: JSON.stringify({ ...handover, request: request.id }),
        handed_over_at: tx.fn.now(),
        reported: null,
      });
    await audit.append(tx, [
      {
        action: 'request.handedOver',
        request: request.id,
        resource: resource.id,
        detail: { ...given.detail, waitsFor: handover.waitsFor },
      },
    ]);
  }

  async #keep(
    tx: Knex.Transaction,
    { request, resource }: Order,
    outputs: Record<string, string>,
  ): Promise<Record<string, string>> {
    const offering = this.#parts.offerings.get(request.offering);
    const plain = await this.#parts.outputs.keep(
      tx,
      resource,
      offering,
      outputs,
    );
    return { ...resource.outputs, ...plain };
  }
}
