import { ConflictError, InputError } from '@backstage/errors';
import type {
  Forecast,
  NewApproval,
  NewRequest,
  Wish,
} from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import type { AuditTrail, Event } from '../audit/AuditTrail';
import type { Offerings } from '../offerings/Offerings';
import type { RunQueue } from '../queue/RunQueue';
import type { DelegationStore } from '../requests/DelegationStore';
import type { DraftStore } from '../requests/DraftStore';
import type { Actors, Caller } from '../requests/people';
import type { Order } from '../requests/records';
import type { RequestStore } from '../requests/RequestStore';
import {
  denialOf,
  withApprovals,
  type DecisionRecorder,
} from './DecisionRecorder';
import type { Approvers } from './Approvers';
import { obstacleTo } from './changes';
import type { Judge } from './Judge';
import { obstaclesOf, type Obstacles } from './obstacles';
import type { RequestsService } from './RequestsService';
import type { Reservations } from './Reservations';
import type { RightSizing } from './RightSizing';
import type { Submission } from './Submission';
import type { DecisionRecords } from './DecisionRecords';
import { approversNow, insteadOf, requireApprover } from './approving';

/** What the service works with. */
type Parts = {
  knex: Knex;
  actors: Actors;
  approvers: Approvers;
  audit: AuditTrail;
  delegations: DelegationStore;
  drafts: DraftStore;
  judge: Judge;
  offerings: Offerings;
  queue: RunQueue;
  recorder: DecisionRecorder;
  records: DecisionRecords;
  requests: RequestStore;
  reservations: Reservations;
  rightSizing: RightSizing;
  submission: Submission;
  /** Told after each change of a request. */
  onChanged: (requestId: string) => void;
  /** Told after it was cancelled, so that work on it stops. */
  onCancelled: (requestId: string) => void;
};

/** {@inheritDoc RequestsService} */
export class DefaultRequestsService implements RequestsService {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  static create(parts: Parts): DefaultRequestsService {
    return new DefaultRequestsService(parts);
  }

  async preview(
    offering: string,
    wish: Wish,
    caller: Caller,
  ): Promise<Forecast> {
    const { actors, judge, reservations, rightSizing, submission } =
      this.#parts;
    const by = await actors.of(caller);
    const { problems, prepared } = await submission.look(
      offering,
      wish,
      by,
      caller,
    );
    if (!prepared) return { problems };
    const findings = await judge.examine(prepared.case);
    const room = await reservations.room(findings.claim);
    const hints = await rightSizing.hints(prepared.case);
    return {
      problems,
      decision: await judge.decide(prepared.case, findings, room),
      ...(hints.length > 0 && { hints }),
    };
  }

  async draft(offering: string, caller: Caller) {
    const { ref } = await this.#parts.actors.of(caller);
    return this.#parts.drafts.find(ref, offering);
  }

  async putDraft(offering: string, wish: Wish, caller: Caller) {
    this.#parts.offerings.get(offering);
    const { ref } = await this.#parts.actors.of(caller);
    return this.#parts.drafts.put(ref, offering, wish);
  }

  async removeDraft(offering: string, caller: Caller) {
    const { ref } = await this.#parts.actors.of(caller);
    await this.#parts.drafts.remove(ref, offering);
  }

  async create(wanted: NewRequest, caller: Caller): Promise<string> {
    const {
      actors,
      audit,
      drafts,
      judge,
      knex,
      queue,
      requests,
      reservations,
    } = this.#parts;
    const by = await actors.of(caller);
    const prepared = await this.#parts.submission.prepare(wanted, by, caller);
    const { case: of, offering, requestId, resource } = prepared;
    const findings = await judge.examine(of);
    await knex.transaction(async tx => {
      const row = {
        id: requestId,
        kind: of.kind,
        offering: offering.name,
        offering_version: offering.version,
        parameters: of.parameters,
        change: prepared.change,
        time_to_live_days: prepared.timeToLiveDays ?? null,
        reason: prepared.reason ?? null,
        requested_by: by.ref,
        state: 'prechecked' as const,
        cost_low: findings.estimate.low,
        cost_high: findings.estimate.high,
      };
      const order = await requests.add(tx, {
        request: row,
        resource: { id: of.resourceId, name: of.name },
        ...(!resource && {
          newResource: {
            id: of.resourceId,
            name: of.name,
            environment: of.environment,
            offering: offering.name,
            owner_ref: of.owner,
            component_ref: of.component ?? null,
            data_class: of.dataClass ?? null,
            state: 'requested',
            parameters: of.parameters,
            tags: of.tags,
            existing: prepared.existing ?? null,
          },
        }),
      });
      // It may have been given up since it was looked at.
      if (of.kind !== 'create' && of.kind !== 'import') {
        const obstacle = obstacleTo(of.kind, order.resource);
        if (obstacle) throw new ConflictError(obstacle);
      }
      const events: Event[] = [
        {
          action: 'request.created',
          by: by.ref,
          request: requestId,
          resource: of.resourceId,
          detail: { kind: of.kind, offering: offering.name, name: of.name },
        },
      ];
      const room = await reservations.take(tx, requestId, findings.claim);
      const decision = await judge.decide(of, findings, room);
      await this.#parts.records.add(tx, {
        requestId,
        decision,
        question: findings.question,
      });
      if (decision.verdict === 'deny') {
        const denied = await requests.move(tx, order, 'deny', {
          decision,
          message: denialOf(decision),
        });
        await this.#parts.recorder.withdraw(tx, denied);
        events.push({
          action: 'request.denied',
          request: requestId,
          resource: of.resourceId,
          detail: { rules: decision.rules },
        });
      } else {
        await requests.move(tx, order, 'plan', { decision });
        await queue.add(tx, requestId, 'plan');
        // What is denied has to be changed and asked for again.
        if (of.kind === 'create') {
          await drafts.remove(by.ref, offering.name, tx);
        }
      }
      await caller.keepAnswer?.(tx, requestId);
      await audit.append(tx, events);
    });
    this.#parts.onChanged(requestId);
    return requestId;
  }

  async decide(id: string, said: NewApproval, caller: Caller): Promise<void> {
    const { actors, delegations, knex, recorder, requests } = this.#parts;
    const by = await actors.of(caller);
    const delegators = await delegations.delegatorsOf(by.ref);
    const approvers = await approversNow(
      knex,
      this.#parts.approvers,
      await requests.order(id),
    );
    await this.#change(id, caller, async (tx, order) => {
      const { request } = order;
      if (request.state !== 'pendingApproval') {
        throw new ConflictError(
          `The request is ${request.state}; there is nothing to approve`,
        );
      }
      // Housekeeping may not have come by yet; the time is over all the same.
      if (request.expires_at && request.expires_at <= new Date()) {
        throw new ConflictError(
          'The request has expired: nobody decided in time. It has to be made anew.',
        );
      }
      const plan = await tx('plans').where({ id: request.plan_id }).first();
      if (plan?.hash !== said.planHash) {
        throw new ConflictError(
          'The plan is another one by now; look at it and decide again',
        );
      }
      requireApprover(request, by, approvers, delegators);
      const forRefs = insteadOf(request, delegators, approvers);
      await tx('approvals')
        .insert({
          request_id: id,
          plan_hash: said.planHash,
          by_ref: by.ref,
          for_refs: forRefs,
          verdict: said.verdict,
          comment: said.comment ?? null,
        })
        .onConflict(['request_id', 'plan_hash', 'by_ref'])
        .merge();
      if (said.verdict === 'reject') {
        const rejected = await requests.move(tx, order, 'reject', {
          message: `${by.ref} rejected it${
            said.comment ? `: ${said.comment}` : ''
          }. Change the request and ask again.`,
        });
        await recorder.withdraw(tx, rejected);
      } else {
        const approved = await tx('approvals').where({
          request_id: id,
          plan_hash: said.planHash,
          verdict: 'approve',
        });
        const complete = withApprovals(approvers, approved).every(
          ({ decidedBy }) => decidedBy,
        );
        if (complete) {
          await recorder.approve(tx, order);
        }
      }
      return {
        action:
          said.verdict === 'approve' ? 'request.approved' : 'request.rejected',
        by: by.ref,
        detail: { planHash: said.planHash, comment: said.comment },
      };
    });
  }

  async comment(id: string, text: string, caller: Caller): Promise<void> {
    if (!text.trim()) throw new InputError('text is empty');
    const by = await this.#parts.actors.of(caller);
    await this.#change(id, caller, async () => ({
      action: 'request.commented',
      by: by.ref,
      detail: { text: text.trim() },
    }));
  }

  async cancel(id: string, caller: Caller): Promise<void> {
    const { actors, queue, recorder, requests } = this.#parts;
    const by = await actors.of(caller);
    await this.#change(id, caller, async (tx, order) => {
      await this.#requirePossible(tx, order, 'cancel');
      const cancelled = await requests.move(tx, order, 'cancel', {
        message: `Cancelled by ${by.ref}.`,
        expires_at: null,
      });
      await queue.cancel(tx, id);
      await recorder.withdraw(tx, cancelled);
      return { action: 'request.cancelled', by: by.ref };
    });
    this.#parts.onCancelled(id);
  }

  async retry(id: string, caller: Caller): Promise<void> {
    const { actors, queue, requests } = this.#parts;
    const by = await actors.of(caller);
    await this.#change(id, caller, async (tx, order) => {
      await this.#requirePossible(tx, order, 'retry');
      await requests.move(tx, order, 'retry', { message: null });
      await queue.add(tx, id, 'plan');
      return { action: 'request.retried', by: by.ref };
    });
  }

  /** @throws ConflictError that says what stands in the way of it */
  async #requirePossible(
    tx: Knex.Transaction,
    { request, resource }: Order,
    deed: keyof Obstacles,
  ): Promise<void> {
    const { [deed]: obstacle } = obstaclesOf({
      state: request.state,
      resource,
      isOvertaken: await this.#parts.requests.isOvertaken(request, tx),
    });
    if (obstacle) throw new ConflictError(obstacle);
  }

  /** Does something to a request that nobody else touches meanwhile, and writes it down. */
  async #change(
    id: string,
    caller: Caller,
    act: (
      tx: Knex.Transaction,
      order: Order,
    ) => Promise<Omit<Event, 'request' | 'resource'>>,
  ): Promise<void> {
    const { audit, knex, requests } = this.#parts;
    await knex.transaction(async tx => {
      const order = await requests.lock(tx, id);
      const event = await act(tx, order);
      await caller.keepAnswer?.(tx, id);
      await audit.append(tx, [
        { ...event, request: id, resource: order.resource.id },
      ]);
    });
    this.#parts.onChanged(id);
  }
}
