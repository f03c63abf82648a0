import type { EnginePlan } from '@waymark/plugin-infrastructure-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { caseOf } from '../decisions/cases';
import type { DecisionRecorder } from '../decisions/DecisionRecorder';
import type { Case, Findings, Judge } from '../decisions/Judge';
import { exceptionsIn, planHash } from '../decisions/planHash';
import type { Offering } from '../offerings/Offerings';
import type { Order } from '../requests/records';

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

  constructor(options: { judge: Judge; recorder: DecisionRecorder }) {
    this.#judge = options.judge;
    this.#recorder = options.recorder;
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
    await this.#recorder.record(tx, order, {
      event,
      planId: id,
      planHash: judged.hash,
      case: judged.case,
      findings: judged.findings,
    });
  }
}
