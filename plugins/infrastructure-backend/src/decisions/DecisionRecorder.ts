import type { JsonObject } from '@backstage/types';
import type {
  Approver,
  Decision,
  RequestEvent,
} from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import type { AuditTrail } from '../audit/AuditTrail';
import type { RunQueue } from '../queue/RunQueue';
import type { Order, RequestRow } from '../requests/records';
import type { RequestStore } from '../requests/RequestStore';
import type { DecisionRecords } from './DecisionRecords';
import type { Case, Findings, Judge } from './Judge';
import type { Reservations } from './Reservations';

/** Rules of others may leave the full stop out. */
const sentence = (text: string) =>
  /[.!?:;]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;

/** Why a request was denied, and how to comply, for each rule. */
export function denialOf({ rules }: Pick<Decision, 'rules'>): string {
  return rules
    .filter(({ effect }) => effect === 'deny')
    .map(({ message, remedy }) => `${sentence(message)} ${sentence(remedy)}`)
    .join(' ');
}

/** The approvers with who of them, or in the place of one of them, approved this plan. */
export function withApprovals(
  approvers: Approver[],
  approved: { by_ref: string; for_refs: string[] }[],
): Approver[] {
  return approvers.map(approver => {
    const decided = approved.find(({ by_ref, for_refs }) =>
      [by_ref, ...for_refs].some(person => approver.people.includes(person)),
    );
    return { ...approver, ...(decided && { decidedBy: decided.by_ref }) };
  });
}

/** Takes decisions and lets them have their effect: all of it in one transaction. */
export class DecisionRecorder {
  readonly #judge: Judge;
  readonly #reservations: Reservations;
  readonly #requests: RequestStore;
  readonly #queue: RunQueue;
  readonly #audit: AuditTrail;
  readonly #records: DecisionRecords;
  readonly #expiryMs: number;

  constructor(options: {
    judge: Judge;
    reservations: Reservations;
    requests: RequestStore;
    queue: RunQueue;
    audit: AuditTrail;
    records: DecisionRecords;
    /** How long people have to decide. */
    expiryMs: number;
  }) {
    this.#judge = options.judge;
    this.#reservations = options.reservations;
    this.#requests = options.requests;
    this.#queue = options.queue;
    this.#audit = options.audit;
    this.#records = options.records;
    this.#expiryMs = options.expiryMs;
  }

  /**
   * Decides on the plan that a locked request has by an event: it is denied,
   * waits for people, or is queued.
   */
  async record(
    tx: Knex.Transaction,
    order: Order,
    of: {
      event: 'planned' | 'planChanged';
      planId: string;
      planHash: string;
      case: Case;
      findings: Findings;
    },
  ): Promise<Decision> {
    const { request } = order;
    const room = await this.#reservations.take(
      tx,
      request.id,
      of.findings.claim,
    );
    const decision = await this.#judge.decide(of.case, of.findings, room);
    const { estimate, verdict } = decision;
    const patch = {
      plan_id: of.planId,
      decision,
      cost_low: estimate.low,
      cost_high: estimate.high,
      message: null,
    };
    if (verdict === 'deny') {
      const denied = await this.#requests.move(tx, order, [of.event, 'deny'], {
        ...patch,
        message: denialOf(decision),
      });
      await this.withdraw(tx, denied);
    } else if (
      verdict === 'approval' &&
      !(await this.#isApproved(tx, request.id, of.planHash, decision.approvers))
    ) {
      await this.#requests.move(tx, order, [of.event, 'askPeople'], {
        ...patch,
        expires_at: new Date(Date.now() + this.#expiryMs),
        reminded_at: null,
      });
    } else {
      await this.#allow(tx, order, [of.event], patch);
    }
    await this.#records.add(tx, {
      requestId: request.id,
      decision,
      question: of.findings.question,
    });
    await this.#audit.append(tx, [
      {
        action: 'request.decided',
        request: request.id,
        resource: request.resource_id,
        // The whole record: with it the decision can be made again under other rules.
        detail: {
          decision,
          planHash: of.planHash,
          parameters: of.case.parameters,
        } as unknown as JsonObject,
      },
    ]);
    return decision;
  }

  /** Approves a locked request that waits for people, and queues it. */
  async approve(tx: Knex.Transaction, order: Order): Promise<void> {
    await this.#allow(tx, order, [], {});
  }

  /** Gives back what a request held that ended before it was applied, and the wish for a new resource with it. */
  async withdraw(tx: Knex.Transaction, order: Order): Promise<void> {
    const { request, resource } = order;
    const nothingMade = resource.state === 'requested';
    // A creation that failed half way may have left something that is used up.
    if (!nothingMade && request.kind !== 'create') {
      await this.#reservations.release(tx, request.id);
    }
    if (nothingMade) {
      // Nor does anything that was asked for before take room any more.
      await this.#reservations.settle(tx, resource.id, undefined);
      await this.#requests.moveResource(tx, order, 'withdraw');
    }
  }

  async #allow(
    tx: Knex.Transaction,
    order: Order,
    after: RequestEvent[],
    patch: Partial<RequestRow>,
  ): Promise<void> {
    await this.#requests.move(tx, order, [...after, 'allow', 'enqueue'], {
      ...patch,
      expires_at: null,
    });
    await this.#queue.add(tx, order.request.id, 'apply');
  }

  async #isApproved(
    tx: Knex.Transaction,
    requestId: string,
    planHash: string,
    approvers: Approver[],
  ): Promise<boolean> {
    const approved = await tx('approvals').where({
      request_id: requestId,
      plan_hash: planHash,
      verdict: 'approve',
    });
    return withApprovals(approvers, approved).every(
      ({ decidedBy }) => decidedBy,
    );
  }
}
