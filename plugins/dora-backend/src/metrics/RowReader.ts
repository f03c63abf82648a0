import {
  deploymentName,
  type Definitions,
  type MetricId,
  type Row,
  type RowsAnswer,
} from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { definitionOf } from './definitionOf';
import { placementColumns } from './levels';
import type { Interval } from './period';
import { Bucket } from './Bucket';
import { cellKey, wholeOf } from './Part';
import { rowQueries, type RowOrder, type Total } from './rowQueries';
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
  /** Goes on after this row. */
  after?: RowKey;
};

/** Where a row stands in the order: rows that come in meanwhile do not move it. */
export type RowKey = Pick<
  SqlRow,
  'bin' | 'value' | 'exactly' | 'deployment' | 'change'
>;

type SqlRow = {
  at: Date;
  /** The same with its microseconds. */
  exactly: string;
  bin: number | null;
  service: string;
  title: string | null;
  ref: string | null;
  url: string | null;
  sha: string | null;
  deployment: string | null;
  change: string | null;
  value: string | null;
  counted: boolean | null;
  open: boolean | null;
  reason: string | null;
};

function titleOf({ title, ref, sha, deployment, change }: SqlRow): string {
  return change
    ? title ?? sha?.slice(0, 8) ?? 'Change'
    : deploymentName({ id: deployment ?? undefined, title, ref, sha });
}

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
    title: titleOf(row),
    value: row.value === null ? null : Number(row.value) / 1000,
    ...Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== null),
    ),
  };
}

const keyOf = ({
  bin,
  value,
  exactly,
  deployment,
  change,
}: SqlRow): RowKey => ({
  bin,
  value,
  exactly,
  deployment,
  change,
});

/** Rows after a key, in the order of {@link orderOf}: all of it descends, and what is absent comes first but for a value. */
function isAfter(order: RowOrder): string {
  const columns = [
    ...(order === 'largest'
      ? [
          ['(bin is null)', '(:bin::smallint is null)'],
          ['coalesce(bin, 0)', 'coalesce(:bin::smallint, 0)'],
          ['(value is not null)', '(:value::bigint is not null)'],
          ['coalesce(value, 0)', 'coalesce(:value::bigint, 0)'],
        ]
      : []),
    ['at', ':exactly::timestamptz'],
    ['(deployment is null)', '(:deployment::text is null)'],
    [`coalesce(deployment, '')`, `coalesce(:deployment::text, '')`],
    ['(change is null)', '(:change::text is null)'],
    [`coalesce(change, '')`, `coalesce(:change::text, '')`],
  ];
  const side = (index: 0 | 1) => columns.map(pair => pair[index]).join(', ');
  // An index leads to the rows of a time, not to those of a comparison of many columns.
  const earlier = order === 'newest' ? 'at <= :exactly::timestamptz and ' : '';
  return `${earlier}(${side(0)}) < (${side(1)})`;
}

/** Bins come out of an index in order; only the values within one are sorted. */
const orderOf = (order: RowOrder) =>
  `${
    order === 'largest' ? 'bin desc, value desc nulls last, ' : ''
  }at desc, deployment desc, change desc`;

/** Reads the rows that a number was made of, and those that were left out. */
export class RowReader {
  readonly #tx: Knex;

  constructor(tx: Knex) {
    this.#tx = tx;
  }

  async read(metric: MetricId, question: RowsQuestion): Promise<RowsAnswer> {
    return (await this.readPage(metric, question)).answer;
  }

  /** The same, and where its last row stands. */
  async readPage(
    metric: MetricId,
    question: RowsQuestion,
  ): Promise<{ answer: RowsAnswer; last: RowKey | undefined }> {
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
    const { after } = question;
    const { rows } = await this.#tx.raw<{ rows: SqlRow[] }>(
      `select *, at::text as exactly from (${scoped(query[part])}) r
        ${after ? `where ${isAfter(order)}` : ''}
        order by ${orderOf(order)}
        limit :limit offset :offset`,
      {
        ...bindings,
        ...after,
        limit: question.limit ?? 50,
        offset: question.offset ?? 0,
      },
    );
    return {
      answer: {
        items: rows.map(toRow),
        total: part === 'counted' ? counted : excluded,
        totals: { counted, excluded },
        definition: definitionOf(metric, definitions),
      },
      last: rows.at(-1) && keyOf(rows[rows.length - 1]),
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
