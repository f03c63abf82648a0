import type {
  MeasurementState,
  Percentiles,
  Stage,
  StageId,
  Wait,
} from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { placementColumns } from './levels';
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

const mostChanges = 10_000;
const listedWaits = 20;
const percents = [50, 75, 90] as const;

/** Which changes to look at. */
export type StagesQuestion = {
  scope: ResolvedScope;
  environment: number;
  period: Interval;
  minimumSample: number;
  /** How many changes there are. */
  delivered: number;
};

type CellRow = { stage: StageId; n: number; durations: string[] };
type WaitRow = Omit<Wait, 'seconds' | 'at'> & {
  seconds: string;
  at: Date;
  url: string | null;
};

/** Reads how long changes were in each stage of their way. */
export class StageReader {
  readonly #tx: Knex;

  constructor(tx: Knex) {
    this.#tx = tx;
  }

  async read(
    question: StagesQuestion,
  ): Promise<{ oneIn: number; stages: Stage[]; longest: Wait[] }> {
    const { scope, environment, period, delivered } = question;
    // Whole deployments are left out, which costs nothing to find out.
    const oneIn = Math.max(1, Math.ceil(delivered / mostChanges));
    const everywhere = scope.level === 'organisation';
    const changes = `select s.id as stage, s.seconds, c.id::text as change,
        coalesce(c.title, 'Change ' || coalesce(c.number, c.id::text)) as title,
        c.url, v.entity_ref as service, dc.deployment_id::text as deployment, dc.at
      from outcomes o
      join placements p on p.id = o.placement_id
      join delivered_changes dc on dc.deployment_id = o.deployment_id
        and dc.environment_id = o.environment_id and not dc.baseline
      join changes c on c.id = dc.change_id
      join services v on v.id = dc.service_id
      cross join lateral (values ${stages
        .map(
          ({ id, from, to }) =>
            `('${id}', extract(epoch from ${to} - ${from})::float8)`,
        )
        .join(', ')}) as s(id, seconds)
      where o.environment_id = :environment and o.at >= :from and o.at < :to
        and o.deployment_id % :oneIn = 0 and s.seconds >= 0
        ${
          everywhere
            ? ''
            : `and ${placementColumns[scope.level]} = any(:ids::int[])`
        }`;
    const bindings = {
      environment,
      oneIn,
      from: new Date(period.from).toISOString(),
      to: new Date(period.to).toISOString(),
      ...(everywhere ? {} : { ids: scope.ids }),
    };
    const { rows: cells } = await this.#tx.raw<{ rows: CellRow[] }>(
      `select stage, n, array[${percents
        .map(percent => `sorted[greatest(1, (${percent} * n + 99) / 100)]`)
        .join(', ')}] as durations
        from (
          select stage, count(*)::int as n, array_agg(seconds order by seconds) as sorted
          from (${changes}) c group by stage
        ) cells`,
      bindings,
    );
    const { rows: waits } = await this.#tx.raw<{ rows: WaitRow[] }>(
      `select * from (${changes}) c where stage <> 'coding'
        order by seconds desc, change limit ${listedWaits}`,
      bindings,
    );
    return {
      oneIn,
      stages: stages.map(({ id, title, description }) => {
        const cell = cells.find(({ stage }) => stage === id);
        return {
          id,
          title,
          description,
          n: cell?.n ?? 0,
          state: stateOf(cell?.n ?? 0, question.minimumSample),
          percentiles: cell ? percentilesOf(cell.durations) : null,
        };
      }),
      longest: waits.map(({ url, ...wait }) => ({
        ...wait,
        seconds: Number(wait.seconds),
        at: wait.at.toISOString(),
        ...(url === null ? {} : { url }),
      })),
    };
  }
}

function stateOf(n: number, minimumSample: number): MeasurementState {
  if (n === 0) return 'none';
  return n < minimumSample ? 'insufficient' : 'measured';
}

function percentilesOf([p50, p75, p90]: string[]): Percentiles {
  return { p50: Number(p50), p75: Number(p75), p90: Number(p90) };
}
