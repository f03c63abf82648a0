import type { LoggerService } from '@backstage/backend-plugin-api';
import type { PolicyEngine } from '@waymark/plugin-infrastructure-node';
import type { Knex } from 'knex';
import { createHash } from 'node:crypto';
import stableStringify from 'safe-stable-stringify';
import type { AuditTrail } from '../audit/AuditTrail';
import { dayOf, type ExceptionStore } from '../decisions/ExceptionStore';
import type { Offerings } from '../offerings/Offerings';
import type { ResourceRow } from '../requests/records';
import type { StateService } from '../state/StateService';
import { findingsOf } from './findings';
import type { Evidence, JudgementStore } from './JudgementStore';
import { stateValues } from './stateValues';

/** How often each resource is judged, though nothing of it changed. */
const every = '1 hour';
const atOnce = 50;
const patienceMs = 5_000;
/** Where something is there to be judged, and nobody is at work on it. */
const settled = ['ready', 'drifted', 'failed', 'interrupted'];

/** Judges what exists by the rules that judge requests, and keeps what they find. */
export class ComplianceWatch {
  readonly #parts: Parameters<typeof ComplianceWatch.create>[0];
  readonly #now: () => Date;
  /** Of the rules that answered last; what others judged is judged anew. */
  #revision: string | undefined;

  private constructor(parts: Parameters<typeof ComplianceWatch.create>[0]) {
    this.#parts = parts;
    this.#now = parts.now ?? (() => new Date());
  }

  static create(parts: {
    knex: Knex;
    audit: AuditTrail;
    exceptions: ExceptionStore;
    judgements: JudgementStore;
    logger: LoggerService;
    offerings: Offerings;
    policy: PolicyEngine;
    states: StateService;
    now?: () => Date;
  }): ComplianceWatch {
    return new ComplianceWatch(parts);
  }

  /** Judges those that changed, that other rules judged, or that nobody judged for the longest. */
  async look(): Promise<void> {
    const { knex, judgements, logger } = this.#parts;
    await judgements.endOfGone();
    const { rows } = await knex.raw<{ rows: ResourceRow[] }>(
      `update resources set judged_at = now() where id in (
          select r.id from resources r
          left join judgements j on j.resource_id = r.id and j.until is null
          where r.state = any(:settled)
            and (r.judged_at is null or r.judged_at < r.changed_at
              or r.judged_at < now() - interval '${every}'
              or j.policy_revision <> :revision)
          order by r.judged_at nulls first limit ${atOnce}
          for update of r skip locked
        )
        returning *`,
      { settled, revision: this.#revision ?? '' },
    );
    for (const resource of rows) {
      await this.#judge(resource).catch(async error => {
        logger.warn(`${resource.name} could not be judged: ${error}`);
      });
    }
  }

  async #judge(resource: ResourceRow): Promise<void> {
    const { audit, judgements, knex, policy } = this.#parts;
    const at = this.#now();
    const evidence = await this.#evidenceOf(resource, at);
    const answer = await policy.judge(
      { ...evidence, now: at.toISOString() },
      { signal: AbortSignal.timeout(patienceMs) },
    );
    this.#revision = answer.revision;
    const findings = findingsOf(answer);
    const digest = createHash('sha256')
      .update(stableStringify({ evidence, findings }) ?? '')
      .digest('hex');
    await knex.transaction(async tx => {
      const { state } = await tx('resources')
        .where({ id: resource.id })
        .forUpdate()
        .first('state');
      if (!settled.includes(state)) return;
      const before = await judgements.current(tx, resource.id);
      const same =
        before?.digest === digest && before.policy_revision === answer.revision;
      if (same) {
        await judgements.confirm(tx, before.id, at);
        return;
      }
      await judgements.begin(tx, {
        resourceId: resource.id,
        revision: answer.revision,
        at,
        digest,
        evidence,
        findings,
      });
      const violates = findings
        .filter(({ finding }) => finding === 'violates')
        .map(({ rule }) => rule);
      if (violates.join() === (before?.violates ?? []).join()) return;
      await audit.append(tx, [
        {
          action: 'resource.judged',
          resource: resource.id,
          detail: {
            policyRevision: answer.revision,
            violates,
            violatedBefore: before?.violates ?? [],
          },
        },
      ]);
    });
  }

  async #evidenceOf(resource: ResourceRow, at: Date): Promise<Evidence> {
    const { exceptions, offerings, states } = this.#parts;
    const { id, name, environment, owner_ref: owner } = resource;
    const offering = offerings
      .all()
      .find(each => each.name === resource.offering)?.file;
    const state = await states.newest(id);
    const plan = state && stateValues(state);
    return {
      stage: 'resource',
      kind: 'update',
      offering: {
        name: resource.offering,
        version: offering?.metadata.version ?? 'not offered any more',
        engine: offering?.spec.engine.name ?? 'unknown',
        resourceType: offering?.spec.resourceType ?? 'resource',
      },
      name,
      environment,
      owner,
      ...(resource.component_ref && { component: resource.component_ref }),
      // Nobody asks: who owns it answers for it.
      requestedBy: owner,
      ...(resource.data_class && { dataClass: resource.data_class }),
      parameters: resource.parameters,
      tags: resource.tags,
      ...(plan && { plan }),
      exceptions: await exceptions.holding(
        {
          resourceId: id,
          offering: resource.offering,
          environment,
          name,
          owner,
        },
        dayOf(at),
      ),
    };
  }
}
