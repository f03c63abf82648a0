import type {
  MeasurementState,
  Percentiles,
  StageId,
  StagesAnswer,
  Wait,
} from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { perRow } from './cellSql';
import { decodeDoubles } from './decodeNumbers';
import { nearestRank } from './Histogram';
import { placementColumns } from './levels';
import { percents } from './percents';
import type { Interval } from './period';
import type { ResolvedScope } from './ScopeResolver';

type StageDefinition = {
  id: StageId;
  title: string;
  description: string;
  /** SQL of its beginning and its end, in `c` (the change) and `dc` (its delivery). */
  from: string;
  to: string;
};

const stages: StageDefinition[] = [
  {
    id: 'coding',
    title: 'Coding',
    description: 'From the first commit to the opening of the request',
    from: 'c.first_commit_at',
    to: 'c.opened_at',
  },
  {
    id: 'waitingForReview',
    title: 'Waiting for review',
    description: 'From the opening of the request to the first review',
    from: 'c.opened_at',
    to: 'c.first_review_at',
  },
  {
    id: 'inReview',
    title: 'In review',
    description: 'From the first review to the merge',
    from: 'c.first_review_at',
    to: 'c.merged_at',
  },
  {
    id: 'waitingForDeployment',
    title: 'Waiting for deployment',
    description: 'From the merge to the end of the deployment',
    from: 'c.merged_at',
    to: 'dc.at',
  },
];

const mostChanges = 5_000;
/** The remainders of ids that the index of samples knows. */
const remainders = 1024;
const listedWaits = 20;

/** Which changes to look at. */
export type StagesQuestion = {
  scope: ResolvedScope;
  environment: number;
  period: Interval;
  minimumSample: number;
  /** How many changes arrived. */
  delivered: number;
  /** The instant up to which what waits has waited. */
  now: number;
};

/** Where changes wait, and which wait longest. */
export type StagesReading = Pick<
  StagesAnswer,
  'oneIn' | 'changes' | 'stages' | 'longest' | 'waiting' | 'open'
>;

/** The durations of each stage as bytes, one behind the other, and the longest of all. */
type ArrivedRow = Record<StageId, Buffer | null> & { longest: WaitRow[] };
type WaitRow = {
  stage: StageId;
  seconds: string;
  change: string;
  title: string;
  number: string | null;
  author: string | null;
  url: string | null;
  service: string;
  owner: string | null;
  deployment: string | null;
  /** A text where it comes out of JSON. */
  at: Date | string;
};

/** What people know a change by, and whom to ask; of `w` with change_id and service_id. */
const described = `
  c.id::text as change, coalesce(c.title, 'Change ' || coalesce(c.number, c.id::text)) as title,
  c.number, c.author, c.url, v.entity_ref as service, e.owner_ref as owner`;
const describers = `
  join changes c on c.id = w.change_id
  join services v on v.id = w.service_id
  left join entities e on e.ref = v.entity_ref`;

type Bindings = Record<string, string | number | number[]>;

/** Where the component of `row` stands now: a change that waits is a matter of today. */
const placedNow = (row: string) => `
  join lateral (
    select * from placements where service_id = ${row}.service_id
    order by valid_from desc limit 1
  ) p on true`;

/** As the index of samples has it, so that what is left out is not even read. */
const inSample = `o.deployment_id % ${remainders} = any(:sampled::bigint[])`;

/**
 * One in how many deployments is looked at: a power of two, so that a sample
 * is some of the remainders of ids.
 */
function sampleOf(delivered: number): number {
  let oneIn = 1;
  while (delivered / oneIn > mostChanges && oneIn < remainders) oneIn *= 2;
  return oneIn;
}

const sampledRemainders = (oneIn: number) =>
  Array.from({ length: remainders / oneIn }, (_, index) => index * oneIn);

/** Reads how long changes were in each stage of their way, and which wait. */
export class StageReader {
  readonly #tx: Knex;

  constructor(tx: Knex) {
    this.#tx = tx;
  }

  async read(question: StagesQuestion): Promise<StagesReading> {
    const { scope, environment, period, delivered, minimumSample } = question;
    const oneIn = sampleOf(delivered);
    const everywhere = scope.level === 'organisation';
    const bindings = {
      environment,
      ...(oneIn > 1 ? { sampled: sampledRemainders(oneIn) } : {}),
      from: new Date(period.from).toISOString(),
      to: new Date(period.to).toISOString(),
      ...(everywhere ? {} : { ids: scope.ids }),
    };
    const inScope = everywhere
      ? 'true'
      : `${placementColumns[scope.level]} = any(:ids::int[])`;
    const {
      rows: [arrived],
    } = await this.#tx.raw<{ rows: [ArrivedRow] }>(
      // Everything is read once, for the durations and for the longest waits.
      `with arrived as materialized (
          select dc.change_id, dc.service_id, dc.deployment_id, dc.at,
            ${stages
              .map(
                ({ id, from, to }) =>
                  `extract(epoch from ${to} - ${from})::float8 as "${id}"`,
              )
              .join(', ')}
          from outcomes o
          join placements p on p.id = o.placement_id
          cross join lateral (
            select * from delivered_changes
            where deployment_id = o.deployment_id
              and environment_id = o.environment_id and not baseline
            ${perRow}
          ) dc
          cross join lateral (
            select * from changes where id = dc.change_id ${perRow}
          ) c
          where o.environment_id = :environment and o.at >= :from and o.at < :to
            and ${oneIn > 1 ? inSample : 'true'} and ${inScope}
        ),
        waits as (
          select a.change_id, a.service_id, a.deployment_id, a.at, s.stage, s.seconds
          from arrived a cross join lateral (values ${stages
            .filter(({ id }) => id !== 'coding')
            .map(({ id }) => `('${id}', a."${id}")`)
            .join(', ')}) as s(stage, seconds)
          where s.seconds >= 0
          order by s.seconds desc, a.change_id limit ${listedWaits}
        ),
        longest as (
          select w.stage, w.seconds, w.deployment_id::text as deployment, w.at, ${described}
          from waits w ${describers}
          order by w.seconds desc, w.change_id
        )
        select ${stages
          .map(
            ({ id }) =>
              `string_agg(float8send("${id}"), '') filter (where "${id}" >= 0) as "${id}"`,
          )
          .join(', ')},
          (select coalesce(json_agg(longest), '[]') from longest) as longest
        from arrived`,
      bindings,
    );
    const today = { ...bindings, now: new Date(question.now).toISOString() };
    return {
      oneIn,
      changes: delivered,
      stages: stages.map(({ id, title, description }) => {
        const durations = decodeDoubles(arrived[id] ?? Buffer.alloc(0));
        return {
          id,
          title,
          description,
          n: durations.length,
          state: stateOf(durations.length, minimumSample),
          percentiles: percentilesOf(durations),
        };
      }),
      longest: arrived.longest.map(toWait),
      waiting: await this.#waiting(inScope, today),
      open: await this.#open(inScope, today),
    };
  }

  async #waiting(
    inScope: string,
    bindings: Bindings,
  ): Promise<StagesReading['waiting']> {
    const waiting = `from waiting_changes w ${placedNow('w')}
      where w.environment_id = :environment
        and w.merged_at >= :from and w.merged_at < :to and ${inScope}`;
    const { rows } = await this.#tx.raw<{ rows: WaitRow[] }>(
      `select 'waitingForDeployment' as stage, null as deployment, w.merged_at as at,
          extract(epoch from :now::timestamptz - w.merged_at)::float8 as seconds, ${described}
        from (
          select w.* ${waiting} order by w.merged_at, w.change_id limit ${listedWaits}
        ) w ${describers}
        order by w.merged_at, w.change_id`,
      bindings,
    );
    const {
      rows: [{ total }],
    } = await this.#tx.raw<{ rows: [{ total: number }] }>(
      `select count(*)::int as total ${waiting}`,
      bindings,
    );
    return { items: rows.map(toWait), total };
  }

  async #open(
    inScope: string,
    bindings: Bindings,
  ): Promise<StagesReading['open']> {
    const open = `from changes o ${placedNow('o')}
      where o.merged_at is null and o.closed_at is null
        and o.opened_at >= :from and o.opened_at < :to and ${inScope}`;
    const { rows } = await this.#tx.raw<{ rows: WaitRow[] }>(
      `select w.stage, null as deployment, w.at,
          extract(epoch from :now::timestamptz - w.at)::float8 as seconds, ${described}
        from (
          select o.id as change_id, o.service_id,
            case when o.first_review_at is null
              then 'waitingForReview' else 'inReview' end as stage,
            coalesce(o.first_review_at, o.opened_at) as at
          ${open} order by at, o.id limit ${listedWaits}
        ) w ${describers}
        order by w.at, w.change_id`,
      bindings,
    );
    const {
      rows: [counts],
    } = await this.#tx.raw<{ rows: [{ total: number; inReview: number }] }>(
      `select count(*)::int as total, count(o.first_review_at)::int as "inReview" ${open}`,
      bindings,
    );
    return { items: rows.map(toWait), ...counts };
  }
}

function toWait({ seconds, at, ...row }: WaitRow): Wait {
  const { stage, change, title, service, ...optional } = row;
  return {
    stage,
    change,
    title,
    service,
    seconds: Number(seconds),
    at: new Date(at).toISOString(),
    ...Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== null),
    ),
  };
}

function stateOf(n: number, minimumSample: number): MeasurementState {
  if (n === 0) return 'none';
  return n < minimumSample ? 'insufficient' : 'measured';
}

function percentilesOf(durations: Float64Array): Percentiles | null {
  if (durations.length === 0) return null;
  const sorted = durations.sort();
  const [p50, p75, p90] = percents.map(
    percent => sorted[nearestRank(percent, sorted.length) - 1],
  );
  return { p50, p75, p90 };
}
