import {
  difference,
  largestFirst,
  magnitude,
  sum,
  type Anomaly,
  type AnomalyPart,
} from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import type { FoundAnomaly, Judgement } from './Anomaly';
import { eventsOf, type Begun } from './events';
import { anomalyMeasure } from './SubjectStore';

/** Which parts of an anomaly are meant; all when nothing is said. */
export type AnomalyParts = {
  /** Of these groups and those below. */
  within?: string[];
  /** With these ids. */
  parts?: string[];
};

type PartRow = {
  id: string;
  event_id: string;
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
  verdict: AnomalyPart['verdict'];
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

/** Those of a group and the groups below it; all of them where the list is null. */
const inGroups = (name: string) =>
  `(:${name}::text[] is null or a.group_ref in (
    select g.ref from group_tree g where g.ancestor = any(:${name}::text[])))`;

const ofEvent =
  'a.event_id = (select o.event_id from anomalies o where o.id = :id)';

const amongParts = '(:parts::uuid[] is null or a.id = any(:parts::uuid[]))';

const toPart = (row: PartRow): AnomalyPart => ({
  id: row.id,
  groupRef: row.group_ref,
  title: row.title ?? row.group_ref,
  service: row.service,
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

const movedBy = ({ actual, expected }: AnomalyPart) =>
  magnitude(difference(actual, expected));

/** Puts rows together that belong together, in the order of the first of each. */
function toAnomalies(
  rows: PartRow[],
  keyOf: (row: PartRow) => string,
): Anomaly[] {
  const together = new Map<string, PartRow[]>();
  for (const row of rows) {
    const known = together.get(keyOf(row));
    if (known) known.push(row);
    else together.set(keyOf(row), [row]);
  }
  return [...together.values()].map(of => {
    const parts = of
      .map(toPart)
      .sort((one, other) => largestFirst(movedBy(one), movedBy(other)));
    const [{ event_id: id, currency, measure }] = of;
    return {
      id,
      currency,
      measure,
      first: parts.map(({ first }) => first).sort()[0],
      last: parts.map(({ last }) => last).sort()[parts.length - 1],
      expected: sum(parts.map(({ expected }) => expected)),
      actual: sum(parts.map(({ actual }) => actual)),
      parts,
    };
  });
}

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
    verdict?: AnomalyPart['verdict'];
    within?: string[];
    limit: number;
    offset: number;
  }): Promise<{ items: Anomaly[]; total: number }> {
    const { entityRef, verdict, within, limit, offset } = query;
    const { rows } = await this.#knex.raw<{
      rows: (PartRow & { total: number })[];
    }>(
      `with seen as (
          ${selected}
          where (:verdict::text is null or a.verdict = :verdict::text)
            and ${inGroups('within')} and ${inGroups('of')}
        ),
        page as (
          select event_id, count(*) over ()::int as total, row_number() over (
            order by max(last_day) desc, abs(sum(actual - expected)) desc, event_id
          ) as place
          from seen group by event_id order by place
          limit :limit offset :offset
        )
        select s.*, p.total from seen s join page p using (event_id)
        order by p.place, s.id`,
      {
        verdict: verdict ?? null,
        within: within ?? null,
        of: entityRef ? [entityRef] : null,
        limit,
        offset,
      },
    );
    return {
      items: toAnomalies(rows, ({ event_id }) => event_id),
      total: rows[0]?.total ?? 0,
    };
  }

  /**
   * The anomaly of which something is a part.
   *
   * @param only - with these parts; with all when nothing is said
   */
  async find(id: string, only: AnomalyParts): Promise<Anomaly | undefined> {
    const { rows } = await this.#knex.raw<{ rows: PartRow[] }>(
      `${selected} where ${ofEvent} and ${inGroups(
        'within',
      )} and ${amongParts}`,
      {
        id,
        within: only.within ?? null,
        parts: only.parts ?? null,
      },
    );
    return toAnomalies(rows, ({ event_id }) => event_id).at(0);
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
          select gen_random_uuid() as id, f.* from jsonb_to_recordset(?::jsonb) as f("groupRef" text, service text,
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
        `insert into anomalies (id, event_id, group_ref, service, currency, measure, first_day,
            last_day, expected, actual, score, verdict, reason, muted_until, judged_by, judged_at)
          select f.id, f.id, f."groupRef", f.service, f.currency, ?, f.first, f.last, f.expected, f.actual,
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
      await this.#putTogether(tx);
    });
  }

  /** Has known which belong to one another, of all that are kept: what is forgotten may have held others together. */
  async #putTogether(tx: Knex.Transaction): Promise<void> {
    const { rows } = await tx.raw<{ rows: Begun[] }>(
      `select id, group_ref as "groupRef", service, currency,
        first_day::text as first, score > 0 as "isMore" from anomalies`,
    );
    const events = [...eventsOf(rows)].map(([id, event]) => ({ id, event }));
    await tx.raw(
      `update anomalies a set event_id = e.event
        from jsonb_to_recordset(?::jsonb) as e(id uuid, event uuid)
        where e.id = a.id and e.event <> a.event_id`,
      [JSON.stringify(events)],
    );
  }

  /**
   * Says something of the parts of an anomaly.
   *
   * @param parts - of these; of all when absent
   */
  async judge(
    id: string,
    judgement: Judgement,
    by: string,
    parts?: string[],
  ): Promise<void> {
    const { verdict, reason, mutedUntil } = judgement;
    await this.#knex.raw(
      `update anomalies a set verdict = :verdict, reason = :reason,
          muted_until = :until::date, judged_by = :by, judged_at = now()
        where ${ofEvent} and ${amongParts}
          and (a.verdict, a.reason, a.muted_until)
            is distinct from (:verdict, :reason, :until::date)`,
      {
        id,
        verdict,
        reason: reason ?? null,
        until: mutedUntil,
        by,
        parts: parts ?? null,
      },
    );
  }

  /** Of each owner the open parts of an anomaly, of the days since one, of which they were not told. */
  async untold(since: string): Promise<Anomaly[]> {
    const { rows } = await this.#knex.raw<{ rows: PartRow[] }>(
      `${selected} where a.told_at is null and a.verdict = 'open'
        and a.group_ref is not null and a.last_day >= ?::date
        order by a.first_day, a.id limit 200`,
      [since],
    );
    return toAnomalies(rows, row => `${row.event_id} ${row.group_ref}`);
  }

  /** Tells of parts of an anomaly, and notes it: both or neither. Of several who do so at once one tells. */
  async tell(parts: AnomalyPart[], send: () => Promise<void>): Promise<void> {
    await this.#knex.transaction(async tx => {
      const noted = await tx('anomalies')
        .whereIn(
          'id',
          parts.map(({ id }) => id),
        )
        .where({ told_at: null, verdict: 'open' })
        .update({ told_at: tx.fn.now() });
      if (noted > 0) await send();
    });
  }
}
