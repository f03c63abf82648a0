import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  next,
  requestLifecycle,
  type RequestState,
} from '@waymark/plugin-infrastructure-common';
import {
  InterruptedError,
  type Applied,
  type StateAccess,
} from '@waymark/plugin-infrastructure-node';
import type { Knex } from 'knex';
import { setTimeout as delay } from 'node:timers/promises';
import { isBookkeeping } from '../decisions/changes';
import type { AuditTrail } from '../audit/AuditTrail';
import type { Engines, Offerings } from '../offerings/Offerings';
import { LeaseLostError, type RunQueue, type RunRow } from '../queue/RunQueue';
import type { Reservations } from '../decisions/Reservations';
import type { Order } from '../requests/records';
import type { RequestStore } from '../requests/RequestStore';
import type { Completion } from './Completion';
import type { PlanKeeper } from './PlanKeeper';
import { interruptionOf } from './interruptions';
import { engineOrderOf, workerFor } from './orders';
import { beginningOf } from './settling';
import type { RunLogStore } from './RunLog';
import { RunSession } from './RunSession';
import type { StateGrants } from '../state/StateGrants';

/** What a runner works with. */
type Parts = {
  knex: Knex;
  audit: AuditTrail;
  completion: Completion;
  engines: Engines;
  logger: LoggerService;
  logs: RunLogStore;
  offerings: Offerings;
  plans: PlanKeeper;
  queue: RunQueue;
  requests: RequestStore;
  reservations: Reservations;
  stateGrants: StateGrants;
  /** Told once what an engine gave of a request is written down; never fails. */
  onApplied: (requestId: string) => Promise<void>;
  /** Told after each change of a request. */
  onChanged: (requestId: string) => void;
  /** Told when a run is a step further. */
  onStep: (requestId: string) => void;
};

/** How often a run that may be done again is taken up after its process died. */
const mostAttempts = 5;

/** Where its request is while a run has something to do. Elsewhere it was cancelled, and nobody saw it yet. */
const atWork: Record<RunRow['kind'], readonly RequestState[]> = {
  plan: ['planning'],
  apply: ['queued', 'applying'],
};

const isAtWork = (run: RunRow, { request }: Order) =>
  atWork[run.kind].includes(request.state);

/** All of them well within the lease, which is not renewed any more. */
const settleAttempts = 20;
const settlePauseMs = 500;

const messageOf = (error: unknown) =>
  error instanceof Error ? error.message : String(error);

/** Does one run: plans and has the plan decided, or applies what was decided. */
export class Runner {
  readonly #parts: Parts;

  /** What is worked on here, by request. */
  readonly #sessions = new Map<string, RunSession>();

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  static create(parts: Parts): Runner {
    return new Runner(parts);
  }

  /** Works on a run that was taken, until it ends or is somebody else's. */
  async work(run: RunRow, signal: AbortSignal): Promise<void> {
    const { logger, logs, onChanged, onStep, queue, stateGrants } = this.#parts;
    const session = new RunSession({
      run,
      queue,
      logs,
      onStep: () => onStep(run.request_id),
      openState: access => this.#openState(run, access),
    });
    this.#sessions.set(run.request_id, session);
    const stop = () => session.handOn();
    signal.addEventListener('abort', stop);
    try {
      await this.#do(session);
      await stateGrants.revoke(run.id);
    } catch (error) {
      if (error instanceof LeaseLostError || session.isLost) {
        // Grants included, all of the run is another's.
        session.drop();
        logger.info(messageOf(error));
      } else if (signal.aborted) {
        // This backend is going down, and another takes the run up.
        session.drop();
        await queue.abandon(run);
      } else {
        await this.#giveUp(session, error);
      }
    } finally {
      signal.removeEventListener('abort', stop);
      session.drop();
      if (this.#sessions.get(run.request_id) === session) {
        this.#sessions.delete(run.request_id);
      }
    }
    onChanged(run.request_id);
  }

  /** Stops work on a request that was cancelled; a backend that does not hear of it sees it when it renews its lease. */
  stop(requestId: string): void {
    this.#sessions.get(requestId)?.cancel();
  }

  /** Sees to a run whose process is gone. */
  async recover(run: RunRow): Promise<void> {
    const { engines, knex, offerings, onChanged, queue, requests } =
      this.#parts;
    const order = await requests.order(run.request_id);
    if (!isAtWork(run, order)) {
      await knex.transaction(tx => queue.bury(tx, run, 'cancelled'));
      onChanged(run.request_id);
      return;
    }
    const offering = offerings.find(order.request.offering);
    const engine = offering && engines.get(offering.file.spec.engine.name);
    const again =
      run.kind === 'plan' ||
      isBookkeeping(order.request.kind) ||
      engine?.afterInterruption === 'again' ||
      engine?.resume !== undefined;
    // Without its offering a run could only fail again.
    if (offering && again && run.attempts < mostAttempts) {
      await queue.putBack(run);
      return;
    }
    const message = interruptionOf(order.request, offering !== undefined);
    await knex.transaction(async tx => {
      await queue.bury(tx, run, 'interrupted', message);
      await this.#recordInterruption(tx, run, message);
    });
    onChanged(run.request_id);
  }

  async #do(session: RunSession): Promise<void> {
    const { knex, queue, requests } = this.#parts;
    const { run } = session;
    const order = await requests.order(run.request_id);
    if (!isAtWork(run, order)) {
      await session.close('done');
      await knex.transaction(tx => queue.end(tx, run, 'cancelled'));
    } else if (run.kind === 'plan') {
      await this.#plan(session, order);
    } else {
      await this.#apply(session, order);
    }
  }

  async #plan(session: RunSession, order: Order): Promise<void> {
    const { engines, knex, offerings, plans, queue, requests } = this.#parts;
    const { run } = session;
    const offering = offerings.get(order.request.offering);
    const engine = await workerFor(engines, order, offering);
    // Neither planning nor judging changes anything: both need not wait until
    // it is written down that they begin.
    const [, plan] = await Promise.all([
      session.step('Plan'),
      engine.plan(engineOrderOf(order, offering), session.tools()),
    ]);
    session.throwIfStopped();
    const [, judged] = await Promise.all([
      session.step('Policy, quota and cost'),
      plans.judge(order, offering, plan),
    ]);
    await session.close('done');
    await knex.transaction(async tx => {
      await queue.end(tx, run, 'done');
      const locked = await requests.lock(tx, run.request_id);
      await plans.keep(tx, locked, 'planned', judged);
    });
  }

  async #apply(session: RunSession, order: Order): Promise<void> {
    const { engines, knex, offerings, plans, queue, requests } = this.#parts;
    const { run } = session;
    const offering = offerings.get(order.request.offering);
    const engine = await workerFor(engines, order, offering);
    const engineOrder = engineOrderOf(order, offering);
    if (order.request.state === 'applying' && engine.resume) {
      await session.step('Look what became of the work that was begun');
      await this.#settle(
        session,
        await engine.resume(engineOrder, session.tools()),
      );
      return;
    }
    await session.step('Check that the plan is still the one approved');
    const plan = await engine.plan(engineOrder, session.tools());
    session.throwIfStopped();

    // What was begun is gone on with: part of it is there already, so the plan must differ.
    if (order.request.state === 'queued') {
      const judged = await plans.judge(order, offering, plan);
      const approved = await knex('plans')
        .where({ id: order.request.plan_id })
        .first();
      if (judged.hash !== approved.hash) {
        session.log.write('The plan is another one now: it is decided anew.');
        await session.close('done');
        await knex.transaction(async tx => {
          await queue.end(tx, run, 'done');
          const locked = await requests.lock(tx, run.request_id);
          await plans.keep(tx, locked, 'planChanged', judged);
        });
        return;
      }
      await knex.transaction(async tx => this.#begin(tx, run));
    }

    await this.#settle(
      session,
      await engine.apply(engineOrder, plan, session.tools()),
    );
  }

  /** Writes down what was done; that the database is away for a moment must not make it unknown. */
  async #settle(session: RunSession, applied: Applied): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await session.close('done');
        await this.#parts.knex.transaction(async tx =>
          this.#succeed(tx, session.run, applied),
        );
        break;
      } catch (error) {
        if (error instanceof LeaseLostError || attempt === settleAttempts) {
          throw error;
        }
        this.#parts.logger.warn(
          `What run ${session.run.id} did could not be written down, and is tried again: ${error}`,
        );
        await delay(settlePauseMs);
      }
    }
    await this.#parts.onApplied(session.run.request_id);
  }

  async #begin(tx: Knex.Transaction, run: RunRow): Promise<void> {
    const { audit, requests } = this.#parts;
    const order = await requests.lock(tx, run.request_id);
    const started = await requests.move(tx, order, 'start');
    await requests.moveResource(tx, started, beginningOf(order));
    await audit.append(tx, [
      {
        action: 'request.applying',
        request: order.request.id,
        resource: order.resource.id,
        detail: { run: run.id },
      },
    ]);
  }

  async #succeed(
    tx: Knex.Transaction,
    run: RunRow,
    { outputs, handover, remark }: Applied,
  ): Promise<void> {
    const { completion, offerings, queue, requests } = this.#parts;
    await queue.end(tx, run, 'done');
    const order = await requests.lock(tx, run.request_id);
    const given = { outputs, detail: { run: run.id } };
    if (handover) {
      const { engine } = offerings.get(order.request.offering).file.spec;
      await completion.handOver(
        tx,
        order,
        { ...handover, engine: engine.name },
        given,
      );
    } else {
      await completion.complete(tx, order, 'succeed', { ...given, remark });
    }
  }

  async #giveUp(session: RunSession, error: unknown): Promise<void> {
    const { knex, logger, queue, stateGrants } = this.#parts;
    const { run } = session;
    const message = session.log.redact(messageOf(error));
    logger.warn(`Run ${run.id} failed: ${message}`);
    session.log.write(message);
    try {
      await session.close('failed');
      await knex.transaction(async tx => {
        if (error instanceof InterruptedError) {
          await queue.end(tx, run, 'interrupted', message);
          await this.#recordInterruption(tx, run, message);
        } else {
          await this.#recordFailure(tx, run, message);
        }
      });
      await stateGrants.revoke(run.id);
    } catch (again) {
      if (!(again instanceof LeaseLostError)) throw again;
      logger.info(again.message);
    }
  }

  async #recordFailure(
    tx: Knex.Transaction,
    run: RunRow,
    message: string,
  ): Promise<void> {
    const { audit, queue, requests, reservations } = this.#parts;
    const order = await requests.lock(tx, run.request_id);
    const { state } = order.request;
    if (!next(requestLifecycle, state, 'fail')) {
      // Cancelled meanwhile: what the run came to matters to nobody.
      await queue.end(tx, run, 'cancelled');
      return;
    }
    await queue.end(tx, run, 'failed', message);
    const failed = await requests.move(tx, order, 'fail', { message });
    await reservations.releaseUntouched(tx, run.request_id);
    if (state === 'applying') await requests.moveResource(tx, failed, 'fail');
    await audit.append(tx, [
      {
        action: 'request.failed',
        request: order.request.id,
        resource: order.resource.id,
        detail: { run: run.id, message },
      },
    ]);
  }

  async #recordInterruption(
    tx: Knex.Transaction,
    run: RunRow,
    message: string,
  ): Promise<void> {
    const { audit, requests, reservations } = this.#parts;
    const locked = await requests.lock(tx, run.request_id);
    // Without an apply nothing was touched yet.
    const begun = locked.request.state === 'applying';
    const moved = await requests.move(tx, locked, begun ? 'lose' : 'fail', {
      message,
    });
    await reservations.releaseUntouched(tx, run.request_id);
    if (begun) await requests.moveResource(tx, moved, 'lose');
    await audit.append(tx, [
      {
        action: 'request.interrupted',
        request: run.request_id,
        resource: locked.resource.id,
        detail: { run: run.id, attempts: run.attempts },
      },
    ]);
  }

  /** Opens the state of the resource that a run is for. */
  async #openState(
    run: RunRow,
    access: 'read' | 'write',
  ): Promise<StateAccess> {
    const { queue, requests, stateGrants } = this.#parts;
    const { resource } = await requests.order(run.request_id);
    // Whoever ended an earlier run may have died before it took its grants
    // back, and a lock that it left would keep this one out for an hour.
    const holders = await stateGrants.holders(resource.id);
    for (const ended of await queue.endedAmong(holders)) {
      await stateGrants.revoke(ended);
    }
    return stateGrants.issue({
      resourceId: resource.id,
      holder: run.id,
      access,
    });
  }
}
