import type {
  Recommendation,
  RecommendationDetail,
  RecommendationOutcome,
  RecommendationPage,
  RecommendationsQuery,
  RecommendationVerdict,
} from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import type { Finding } from './Finding';
import type { Subject } from './LineStore';

type Row = Omit<Recommendation, 'foundAt' | 'judgedAt'> & {
  foundAt: Date;
  judgedAt: Date | null;
  evidence: RecommendationDetail['evidence'];
};

/** One that was accepted, to be laid beside the bills. */
export type Accepted = {
  id: string;
  source: string;
  currency: string;
  subject: Subject;
  low: string;
  /** The day on which it was accepted. */
  day: string;
};

/** What people said of it. */
export type Judgement = Pick<RecommendationVerdict, 'verdict' | 'reason'>;

const selected = `
  select r.id, r.kind, r.rule, r.title, r.why, r.entity_ref as "entityRef",
    r.group_ref as "groupRef", g.title as "groupTitle",
    r.resource_id as "resourceId", r.resource_name as "resourceName",
    r.service, r.currency, r.first_day::text as "from", r.last_day::text as "to",
    trim_scale(r.cost)::text as cost, trim_scale(r.low)::text as low,
    trim_scale(r.high)::text as high, r.effort, r.link, r.withheld,
    r.found_at as "foundAt", r.reason, r.judged_by as "judgedBy",
    r.judged_at as "judgedAt", r.outcome, r.evidence,
    case when r.verdict = 'accepted' and r.outcome is not null then 'verified'
      when r.verdict = 'open' and r.withheld is not null then 'withheld'
      else r.verdict end as state
  from recommendations r left join entities g on g.ref = r.group_ref`;

function toDetail(row: Row): RecommendationDetail {
  return {
    ...row,
    foundAt: row.foundAt.toISOString(),
    judgedAt: row.judgedAt?.toISOString() ?? null,
  };
}

function toRecommendation(row: Row): Recommendation {
  const { evidence, ...rest } = toDetail(row);
  return rest;
}

/** Keeps what could cost less. */
export class RecommendationStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @param query.within - only of these groups and those below; of everybody when absent */
  async list(
    query: RecommendationsQuery & {
      within?: string[];
      limit: number;
      offset: number;
    },
  ): Promise<RecommendationPage> {
    const { entityRef, within, state, kind, limit, offset } = query;
    const bindings = {
      within: within ?? null,
      of: entityRef ?? null,
      ofGroup: entityRef ? [entityRef] : null,
      state: state ?? null,
      kind: kind ?? null,
      limit,
      offset,
    };
    const found = `select f.* from (${selected}) f
      where (:state::text is null or f.state = :state::text)
        and (:kind::text is null or f.kind = :kind::text)
        and (:within::text[] is null or f."groupRef" in (
          select t.ref from group_tree t where t.ancestor = any(:within::text[])))
        and (:of::text is null or f."entityRef" = :of::text
          or f."groupRef" in (
            select t.ref from group_tree t where t.ancestor = any(:ofGroup::text[]))
          or f."entityRef" in (select l.ref from entities l
            where :of::text in (l.component, l.system, l.domain)))`;
    const [{ rows }, { rows: savings }] = await Promise.all([
      this.#knex.raw<{ rows: Row[] }>(
        `${found} order by f.high::numeric desc, f.id limit :limit offset :offset`,
        bindings,
      ),
      this.#knex.raw<{ rows: RecommendationPage['savings'] }>(
        `select currency, count(*)::int as count,
            trim_scale(sum(low::numeric))::text as low,
            trim_scale(sum(high::numeric))::text as high
          from (${found}) s group by 1 order by sum(high::numeric) desc`,
        bindings,
      ),
    ]);
    return {
      items: rows.map(toRecommendation),
      total: savings.reduce((total, { count }) => total + count, 0),
      savings,
    };
  }

  async find(id: string): Promise<RecommendationDetail | undefined> {
    const { rows } = await this.#knex.raw<{ rows: Row[] }>(
      `${selected} where r.id = ?`,
      [id],
    );
    return rows.map(toDetail).at(0);
  }

  /**
   * Has what was found known. What these rules found before and do not find any
   * more is forgotten, unless somebody said something of it; and what somebody
   * said something of stays as it was then.
   */
  async replace(rules: string[], found: Finding[]): Promise<void> {
    await this.#knex.transaction(async tx => {
      // Replicas take turns.
      await tx.raw(
        `select pg_advisory_xact_lock(hashtext('costs.recommendations'))`,
      );
      await tx('recommendations')
        .where({ verdict: 'open' })
        .whereIn('rule', rules)
        .whereNotIn(
          'fingerprint',
          found.map(({ fingerprint }) => fingerprint),
        )
        .delete();
      for (const one of found) {
        const row = {
          fingerprint: one.fingerprint,
          rule: one.rule,
          kind: one.kind,
          title: one.title,
          why: one.why,
          effort: one.effort,
          source: one.source,
          entity_ref: one.entityRef,
          group_ref: one.groupRef,
          resource_id: one.resourceId,
          resource_name: one.resourceName,
          service: one.service,
          currency: one.currency,
          first_day: one.from,
          last_day: one.to,
          cost: one.cost,
          low: one.low,
          high: one.high,
          evidence: JSON.stringify(one.evidence),
          link: JSON.stringify(one.link),
          subject: JSON.stringify(one.subject),
          withheld: one.withheld,
        };
        await tx('recommendations')
          .insert(row)
          .onConflict('fingerprint')
          .merge()
          .where('recommendations.verdict', 'open');
      }
    });
  }

  /** Says something of one. */
  async judge(id: string, judgement: Judgement, by: string): Promise<void> {
    await this.#knex('recommendations')
      .where({ id })
      .update({
        verdict: judgement.verdict,
        reason: judgement.reason ?? null,
        judged_by: by,
        judged_at: this.#knex.fn.now(),
        outcome: null,
      });
  }

  /** Those that were accepted since a day. */
  async accepted(since: string): Promise<Accepted[]> {
    const { rows } = await this.#knex.raw<{ rows: Accepted[] }>(
      `select id, source, currency, subject, low::text as low,
          (judged_at at time zone 'UTC')::date::text as day
        from recommendations
        where verdict = 'accepted' and judged_at >= ?::date`,
      [since],
    );
    return rows;
  }

  /** Keeps what came of one. */
  async verify(id: string, outcome: RecommendationOutcome): Promise<void> {
    await this.#knex('recommendations')
      .where({ id, verdict: 'accepted' })
      .update({ outcome: JSON.stringify(outcome) });
  }
}
