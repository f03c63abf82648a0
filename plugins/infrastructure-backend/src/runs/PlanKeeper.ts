import type { EnginePlan } from '@waymark/plugin-infrastructure-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { caseOf } from '../decisions/cases';
import type { DecisionRecorder } from '../decisions/DecisionRecorder';
import type { Case, Findings, Judge } from '../decisions/Judge';
import { exceptionsIn, planHash } from '../decisions/planHash';
import type { Offering } from '../offerings/Offerings';
import type { Order } from '../requests/records';
import type { RequestStore } from '../requests/RequestStore';

/** A plan and what was found out about it. */
export type JudgedPlan = {
  plan: EnginePlan;
  hash: string;
  case: Case;
  findings: Findings;
};

/** Brings plans before the judge, and keeps them with what was decided. */
export class PlanKeeper {
  readonly #judge: Judge;
  readonly #recorder: DecisionRecorder;
  readonly #requests: RequestStore;

  constructor(options: {
    judge: Judge;
    recorder: DecisionRecorder;
    requests: RequestStore;
  }) {
    this.#judge = options.judge;
    this.#recorder = options.recorder;
    this.#requests = options.requests;
  }

  /** Finds out what the rules say of a plan, and what it is known by. */
  async judge(
    order: Order,
    offering: Offering,
    plan: EnginePlan,
  ): Promise<JudgedPlan> {
    const of = caseOf(order, offering, plan);
    const findings = await this.#judge.examine(of);
    const exceptions = exceptionsIn(findings.rules);
    return {
      plan,
      case: of,
      findings,
      hash: planHash({
        essence: plan.essence,
        offeringVersion: order.request.offering_version,
        policyRevision: findings.policyRevision,
        ...(exceptions.length > 0 && { exceptions }),
      }),
    };
  }

  /** Keeps the plan of a locked request and decides on it. */
  async keep(
    tx: Knex.Transaction,
    order: Order,
    event: 'planned' | 'planChanged',
    judged: JudgedPlan,
  ): Promise<void> {
    const id = randomUUID();
    await tx('plans').insert({
      id,
      request_id: order.request.id,
      hash: judged.hash,
      changes: JSON.stringify(judged.plan.changes),
    });
    const evaluated = await this.#requests.move(tx, order, event, {
      plan_id: id,
    });
    await this.#recorder.record(tx, evaluated, {
      case: judged.case,
      findings: judged.findings,
      planHash: judged.hash,
    });
  }
}
