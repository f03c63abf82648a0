import type { Anomaly } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import { anomalyMeasure } from './SubjectStore';
import type { FoundAnomaly, Judgement } from './Anomaly';

type AnomalyRow = {
  id: string;
  group_ref: string | null;
  title: string | null;
  service: string;
  currency: string;
  measure: Anomaly['measure'];
  first: string;
  last: string;
  expected_text: string;
  actual_text: string;
  score: number;
  found_at: Date;
  verdict: Anomaly['verdict'];
  reason: string | null;
  until: string | null;
  judged_by: string | null;
  judged_at: Date | null;
};

const selected = `
  select a.*, a.first_day::text as first, a.last_day::text as last,
    trim_scale(a.expected)::text as expected_text,
    trim_scale(a.actual)::text as actual_text, a.muted_until::text as until, e.title
  from anomalies a left join entities e on e.ref = a.group_ref`;

const toAnomaly = (row: AnomalyRow): Anomaly => ({
  id: row.id,
  groupRef: row.group_ref,
  title: row.title ?? row.group_ref,
  service: row.service,
  currency: row.currency,
  measure: row.measure,
  first: row.first,
  last: row.last,
  expected: row.expected_text,
  actual: row.actual_text,
  score: row.score,
  foundAt: row.found_at.toISOString(),
  verdict: row.verdict,
  reason: row.reason,
  mutedUntil: row.until,
  judgedBy: row.judged_by,
  judgedAt: row.judged_at?.toISOString() ?? null,
});

/** Keeps what stood out. */
export class AnomalyStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * @param query.within - only of these groups and those below; of everybody when absent
   */
  async list(query: {
    entityRef?: string;
    verdict?: Anomaly['verdict'];
    within?: string[];
    limit: number;
    offset: number;
  }): Promise<{ items: Anomaly[]; total: number }> {
    const { entityRef, verdict, within, limit, offset } = query;
    const inGroups = (name: string) =>
      `(:${name}::text[] is null or a.group_ref in (
        select g.ref from group_tree g where g.ancestor = any(:${name}::text[])))`;
    const { rows } = await this.#knex.raw<{
      rows: (AnomalyRow & { total: number })[];
    }>(
      `select f.*, count(*) over ()::int as total from (
          ${selected}
          where (:verdict::text is null or a.verdict = :verdict::text)
            and ${inGroups('within')} and ${inGroups('of')}
        ) f
        order by last_day desc, abs(f.actual - f.expected) desc, id
        limit :limit offset :offset`,
      {
        verdict: verdict ?? null,
        within: within ?? null,
        of: entityRef ? [entityRef] : null,
        limit,
        offset,
      } as never,
    );
    return { items: rows.map(toAnomaly), total: rows[0]?.total ?? 0 };
  }

  async find(id: string): Promise<Anomaly | undefined> {
    const { rows } = await this.#knex.raw<{ rows: AnomalyRow[] }>(
      `${selected} where a.id = ?`,
      [id],
    );
    return rows.map(toAnomaly).at(0);
  }

  /**
   * Has what stands out since a day known. What was known and does not stand
   * out any more is forgotten, unless somebody said something of it: bills are
   * restated.
   */
  async replace(since: string, found: FoundAnomaly[]): Promise<void> {
    await this.#knex.transaction(async tx => {
      // Replicas take turns.
      await tx.raw(`select pg_advisory_xact_lock(hashtext('costs.anomalies'))`);
      await tx.raw(
        `create temporary table found_now on commit drop as
          select * from jsonb_to_recordset(?::jsonb) as f("groupRef" text, service text,
            currency text, first date, last date, expected numeric, actual numeric, score float8)`,
        [JSON.stringify(found)],
      );
      const isSame = `a.group_ref is not distinct from f."groupRef"
        and a.service = f.service and a.currency = f.currency
        and a.first_day <= f.last and f.first <= a.last_day`;
      await tx.raw(
        `delete from anomalies a where a.verdict = 'open' and a.last_day >= ?::date
          and not exists (select 1 from found_now f where ${isSame})`,
        [since],
      );
      await tx.raw(
        `update anomalies a set last_day = greatest(a.last_day, f.last), expected = f.expected,
            actual = f.actual, score = f.score
          from found_now f where ${isSame} and a.last_day >= ?::date`,
        [since],
      );
      await tx.raw(
        `insert into anomalies (group_ref, service, currency, measure, first_day, last_day,
            expected, actual, score, verdict, reason, muted_until, judged_by, judged_at)
          select f."groupRef", f.service, f.currency, ?, f.first, f.last, f.expected, f.actual,
            f.score, case when m.id is null then 'open' else 'muted' end,
            m.reason, m.muted_until, m.judged_by, m.judged_at
          from found_now f
          left join lateral (
            select * from anomalies m
            where m.verdict = 'muted' and m.muted_until > f.first
              and m.group_ref is not distinct from f."groupRef"
              and m.service = f.service and m.currency = f.currency
            order by m.judged_at desc limit 1
          ) m on true
          where not exists (select 1 from anomalies a where ${isSame})
          on conflict do nothing`,
        [anomalyMeasure],
      );
    });
  }

  /** Says something of an anomaly. @returns whether there is such a one */
  async judge(id: string, judgement: Judgement, by: string): Promise<boolean> {
    const { verdict, reason, mutedUntil } = judgement;
    const isOpen = verdict === 'open';
    const judged = await this.#knex('anomalies')
      .where({ id })
      .update({
        verdict,
        reason: isOpen ? null : reason,
        muted_until: mutedUntil,
        judged_by: by,
        judged_at: this.#knex.fn.now(),
      });
    return judged > 0;
  }

  /** Open ones of the days since one that their owners were not told of. */
  async untold(since: string): Promise<Anomaly[]> {
    const { rows } = await this.#knex.raw<{ rows: AnomalyRow[] }>(
      `${selected} where a.told_at is null and a.verdict = 'open'
        and a.group_ref is not null and a.last_day >= ?::date
        order by a.first_day, a.id limit 200`,
      [since],
    );
    return rows.map(toAnomaly);
  }

  /** Tells of an anomaly, and notes it: both or neither. Of several who do so at once one tells. */
  async tell(id: string, send: () => Promise<void>): Promise<void> {
    await this.#knex.transaction(async tx => {
      const noted = await tx('anomalies')
        .where({ id, told_at: null, verdict: 'open' })
        .update({ told_at: tx.fn.now() });
      if (noted > 0) await send();
    });
  }
}
