import { NotFoundError } from '@backstage/errors';
import type { PolicyInput } from '@waymark/plugin-infrastructure-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { RuleFinding } from './findings';

/** What a resource was judged by: the question without its time. */
export type Evidence = Omit<PolicyInput, 'now'>;

/** A judgement as the database has it. */
export type JudgementRow = {
  id: string;
  resource_id: string;
  policy_revision: string;
  since: Date;
  until: Date | null;
  looked_at: Date;
  digest: string;
  evidence: Evidence;
};

/** A rule of a judgement as the database has it. */
export type FindingRow = RuleFinding & { judgement_id: string };

/** Judgements of what exists, each from when until when it was found so. */
export class JudgementStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The judgement of a locked resource that holds, with the rules it violates. */
  async current(
    tx: Knex.Transaction,
    resourceId: string,
  ): Promise<(JudgementRow & { violates: string[] }) | undefined> {
    const row = await tx<JudgementRow>('judgements')
      .where({ resource_id: resourceId, until: null })
      .first();
    if (!row) return undefined;
    const rules = await tx<FindingRow>('judgement_rules')
      .where({ judgement_id: row.id, finding: 'violates' })
      .orderBy('rule')
      .select('rule');
    return { ...row, violates: rules.map(({ rule }) => rule) };
  }

  /** That all is as it was found. */
  async confirm(tx: Knex.Transaction, id: string, at: Date): Promise<void> {
    await tx('judgements').where({ id }).update({ looked_at: at });
  }

  /** Begins another judgement of a resource, and ends the one before. */
  async begin(
    tx: Knex.Transaction,
    of: {
      resourceId: string;
      revision: string;
      at: Date;
      digest: string;
      evidence: Evidence;
      findings: RuleFinding[];
    },
  ): Promise<void> {
    await tx('judgements')
      .where({ resource_id: of.resourceId, until: null })
      .update({ until: of.at });
    const id = randomUUID();
    await tx('judgements').insert({
      id,
      resource_id: of.resourceId,
      policy_revision: of.revision,
      since: of.at,
      looked_at: of.at,
      digest: of.digest,
      evidence: JSON.stringify(of.evidence),
    });
    if (of.findings.length === 0) return;
    await tx('judgement_rules').insert(
      of.findings.map(({ rule, title, finding, exception, details }) => ({
        judgement_id: id,
        rule,
        title,
        finding,
        exception: exception ?? null,
        details: JSON.stringify(details),
      })),
    );
  }

  /** Ends the judgements of what is gone. */
  async endOfGone(): Promise<void> {
    await this.#knex.raw(
      `update judgements j set until = greatest(r.changed_at, j.since)
        from resources r
        where r.id = j.resource_id and j.until is null
          and r.state in ('destroyed', 'withdrawn')`,
    );
  }

  /** @throws NotFoundError */
  async get(
    id: string,
  ): Promise<{ judgement: JudgementRow; findings: FindingRow[] }> {
    const judgement = await this.#knex<JudgementRow>('judgements')
      .where({ id })
      .first();
    if (!judgement) throw new NotFoundError(`There is no judgement ${id}`);
    const findings = await this.#knex<FindingRow>('judgement_rules')
      .where({ judgement_id: id })
      .orderBy('rule');
    return { judgement, findings };
  }
}
