import type {
  Definitions,
  MetricId,
  Row,
  RowsAnswer,
} from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { definitionOf } from './definitionOf';
import { placementColumns } from './levels';
import type { Interval } from './period';
import { Bucket } from './Bucket';
import { cellKey, wholeOf } from './Part';
import { rowQueries, type Total } from './rowQueries';
import { SumStore } from './SumStore';
import type { ResolvedScope } from './ScopeResolver';

/** Which rows of a metric to read. */
export type RowsQuestion = {
  scope: ResolvedScope;
  environment: number;
  period: Interval;
  definitions: Definitions;
  part?: 'counted' | 'excluded';
  order?: 'newest' | 'largest';
  limit?: number;
  offset?: number;
};

type SqlRow = {
  at: Date;
  service: string;
  title: string | null;
  url: string | null;
  sha: string | null;
  deployment: string | null;
  change: string | null;
  value: string | null;
  counted: boolean | null;
  open: boolean | null;
  reason: string | null;
};

function toRow(row: SqlRow): Row {
  const optional = {
    url: row.url,
    sha: row.sha,
    deployment: row.deployment,
    change: row.change,
    counted: row.counted,
    open: row.open,
    reason: row.reason,
  };
  return {
    at: row.at.toISOString(),
    service: row.service,
    title: row.title ?? row.sha?.slice(0, 8) ?? 'Deployment',
    value: row.value === null ? null : Number(row.value) / 1000,
    ...Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== null),
    ),
  };
}

/** Reads the rows that a number was made of, and those that were left out. */
export class RowReader {
  readonly #tx: Knex;

  constructor(tx: Knex) {
    this.#tx = tx;
  }

  async read(metric: MetricId, question: RowsQuestion): Promise<RowsAnswer> {
    const { scope, environment, period, definitions } = question;
    const order = question.order ?? 'newest';
    const query = rowQueries(metric, definitions, order);
    const everywhere = scope.level === 'organisation';
    const bindings = {
      environment,
      from: new Date(period.from).toISOString(),
      to: new Date(period.to).toISOString(),
      ...(everywhere ? {} : { ids: scope.ids }),
    };
    const scoped = (sql: string) =>
      sql.replaceAll(/\$scope(?: of ([\w.]+))?/g, (_, place?: string) => {
        if (everywhere) return 'true';
        // Said of the row itself, so that its index leads there.
        const column =
          place && scope.level === 'placement'
            ? place
            : placementColumns[scope.level];
        // Of one place the index has the rows in order, of several it has not.
        return scope.ids.length === 1
          ? `${column} = (:ids::int[])[1]`
          : `${column} = any(:ids::int[])`;
      });
    const sums = await this.#sums(question);
    const count = async ({ sum, sql }: Total) => {
      const known = sum?.(sums) ?? 0;
      if (!sql) return known;
      const { rows: found } = await this.#tx.raw<{ rows: { n: string }[] }>(
        `select count(*) as n from (${scoped(sql)}) c`,
        bindings,
      );
      return known + Number(found[0].n);
    };
    const counted = await count(query.totals.counted);
    const excluded = await count(query.totals.excluded);
    const part = question.part ?? 'counted';
    const { rows } = await this.#tx.raw<{ rows: SqlRow[] }>(
      `select * from (${scoped(query[part])}) r
        order by ${
          // Bins come out of an index in order; only the values within one are sorted.
          order === 'largest' ? 'bin desc, value desc nulls last, ' : ''
        }at desc, deployment desc, change desc
        limit :limit offset :offset`,
      {
        ...bindings,
        limit: question.limit ?? 50,
        offset: question.offset ?? 0,
      },
    );
    return {
      items: rows.map(toRow),
      total: part === 'counted' ? counted : excluded,
      totals: { counted, excluded },
      definition: definitionOf(metric, definitions),
    };
  }

  /** How many there are of most rows is known without counting them. */
  async #sums(question: RowsQuestion): Promise<Bucket> {
    const { scope, environment, period, definitions } = question;
    const found = await new SumStore(this.#tx).read(
      wholeOf(scope, environment),
      [period],
      definitions.leadTimeClock,
    );
    return found.get(cellKey('all', 0)) ?? new Bucket();
  }
}
