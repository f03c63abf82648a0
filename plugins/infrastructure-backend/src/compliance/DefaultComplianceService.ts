import { InputError } from '@backstage/errors';
import type {
  ComplianceFinding,
  ComplianceReport,
  ComplianceRow,
  Judgement,
  RuleResult,
} from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import { entityRefOf } from '../decisions/cases';
import type { ComplianceService, ReportQuery } from './ComplianceService';
import type { JudgementStore } from './JudgementStore';

/** A row of the report as the database puts it together. */
type ReportRow = {
  resource: string;
  name: string;
  offering: string;
  environment: string;
  owner: string;
  rule: string | null;
  title: string | null;
  finding: ComplianceFinding;
  exception: number | null;
  details: RuleResult[] | null;
  policy_revision: string | null;
  judgement: string | null;
  since: Date | null;
  looked_at: Date | null;
};

/** Whose it was when it was judged. */
const ownerThen = `coalesce(j.evidence ->> 'owner', r.owner_ref)`;

const none: Record<ComplianceFinding, number> = {
  complies: 0,
  violates: 0,
  excepted: 0,
  warns: 0,
  notJudged: 0,
};

/** {@inheritDoc ComplianceService} */
export class DefaultComplianceService implements ComplianceService {
  readonly #knex: Knex;
  readonly #judgements: JudgementStore;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    judgements: JudgementStore;
    now?: () => Date;
  }) {
    this.#knex = options.knex;
    this.#judgements = options.judgements;
    this.#now = options.now ?? (() => new Date());
  }

  async report(query: ReportQuery): Promise<ComplianceReport> {
    const now = this.#now();
    const at = query.at ? new Date(query.at) : now;
    if (at > now) throw new InputError('at must not be a moment to come');
    const { limit = 50, offset = 0, finding } = query;
    // What is judged while the pages are read does not move them.
    const all = this.#rowsAsOf(at, query);
    const filtered = this.#knex.from(all.as('rows')).modify(rows => {
      if (finding?.length) rows.whereIn('finding', finding);
    });
    const [counts, rules, items, [{ total }]] = await Promise.all([
      this.#knex
        .from(all.as('rows'))
        .groupBy('finding')
        .select('finding')
        .count({ number: '*' }),
      this.#knex('judgement_rules')
        .distinctOn('rule')
        .orderBy('rule')
        .select('rule', 'title'),
      filtered
        .clone()
        .orderBy(['environment', 'name', 'resource', 'rule'])
        .limit(limit)
        .offset(offset)
        .select<ReportRow[]>('*'),
      filtered.clone().count({ total: '*' }),
    ]);
    const findings = { ...none };
    for (const { finding: kind, number } of counts) {
      findings[kind as ComplianceFinding] = Number(number);
    }
    return {
      at: at.toISOString(),
      items: items.map(toRow),
      total: Number(total),
      findings,
      rules,
    };
  }

  async judgement(id: string): Promise<Judgement> {
    const { judgement, findings } = await this.#judgements.get(id);
    const { evidence } = judgement;
    return {
      id,
      resource: judgement.resource_id,
      name: evidence.name,
      environment: evidence.environment,
      offering: evidence.offering.name,
      offeringVersion: evidence.offering.version,
      owner: evidence.owner,
      ...(evidence.dataClass && { dataClass: evidence.dataClass }),
      policyRevision: judgement.policy_revision,
      since: judgement.since.toISOString(),
      ...(judgement.until && { until: judgement.until.toISOString() }),
      lookedAt: judgement.looked_at.toISOString(),
      parameters: evidence.parameters,
      tags: evidence.tags,
      ...(evidence.plan && { plan: evidence.plan }),
      exceptions: evidence.exceptions.map(({ number, ...exception }) => ({
        ...exception,
        number: Number(number),
      })),
      rules: findings.map(({ rule, title, finding, details }) => ({
        rule,
        title,
        finding,
        details,
      })),
    };
  }

  /** What was there at a moment: what was judged, and what the trail says was made and nobody had judged. */
  #rowsAsOf(at: Date, query: ReportQuery) {
    const { owner, owners, environment, resource, rule } = query;
    return this.#knex
      .from('resources as r')
      .joinRaw(
        `left join judgements j on j.resource_id = r.id
          and j.since <= ? and (j.until is null or j.until > ?)`,
        [at, at],
      )
      .leftJoin('judgement_rules as f', 'f.judgement_id', 'j.id')
      .whereRaw(
        `(j.id is not null or (
            exists (
              select from audit a where a.resource_id = r.id
                and a.action = 'request.done' and a.at <= :at
            )
            and not (r.state in ('destroyed', 'withdrawn') and r.changed_at <= :at)
          ))`,
        { at },
      )
      .modify(rows => {
        if (owner) rows.whereRaw(`${ownerThen} = ?`, [owner]);
        if (owners) rows.whereRaw(`${ownerThen} = any(?)`, [owners]);
        if (environment) rows.where('r.environment', environment);
        if (resource) rows.where('r.id', resource);
        // Who was not judged was not judged by this rule either.
        if (rule) rows.whereRaw('(f.rule = ? or j.id is null)', [rule]);
      })
      .select({
        resource: 'r.id',
        name: 'r.name',
        offering: 'r.offering',
        environment: 'r.environment',
        owner: this.#knex.raw(ownerThen),
        rule: 'f.rule',
        title: 'f.title',
        finding: this.#knex.raw(`coalesce(f.finding, 'notJudged')`),
        exception: 'f.exception',
        details: 'f.details',
        policy_revision: 'j.policy_revision',
        judgement: 'j.id',
        since: 'j.since',
        looked_at: 'j.looked_at',
      });
  }
}

function toRow(row: ReportRow): ComplianceRow {
  return {
    resource: row.resource,
    name: row.name,
    offering: row.offering,
    environment: row.environment,
    owner: row.owner,
    entityRef: entityRefOf(row),
    ...(row.rule && { rule: row.rule }),
    ...(row.title && { ruleTitle: row.title }),
    finding: row.finding,
    ...(row.details && { details: row.details }),
    ...(row.exception !== null && { exception: row.exception }),
    ...(row.policy_revision && { policyRevision: row.policy_revision }),
    ...(row.judgement && { judgement: row.judgement }),
    ...(row.since && { since: row.since.toISOString() }),
    ...(row.looked_at && { lookedAt: row.looked_at.toISOString() }),
  };
}
