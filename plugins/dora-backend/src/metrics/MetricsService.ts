import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  MetricsAnswer,
  MetricsQuery,
  MetricId,
  RowsAnswer,
  StagesAnswer,
} from '@waymark/plugin-dora-common';

/** What else to ask of rows. */
export type RowsQuery = Omit<
  MetricsQuery,
  'groupBy' | 'bands' | 'limit' | 'offset'
> & {
  part?: 'counted' | 'excluded';
  order?: 'newest' | 'largest';
  limit?: number;
  offset?: number;
};

/** What to ask of stages. */
export type StagesQuery = Pick<
  MetricsQuery,
  | 'entityRef'
  | 'within'
  | 'alone'
  | 'filter'
  | 'from'
  | 'to'
  | 'environment'
  | 'timeZone'
>;

/** Who asks. */
export type Caller = { credentials: BackstageCredentials };

/** The five metrics of any scope and period, and the rows behind them. */
export interface MetricsService {
  /**
   * @throws InputError when the question makes no sense
   * @throws NotFoundError when the catalog does not know the entity, or the caller may not see it
   */
  metrics(query: MetricsQuery, caller: Caller): Promise<MetricsAnswer>;

  /** @throws InputError and NotFoundError as {@link metrics} does */
  stages(query: StagesQuery, caller: Caller): Promise<StagesAnswer>;

  /** @throws InputError and NotFoundError as {@link metrics} does */
  rows(metric: MetricId, query: RowsQuery, caller: Caller): Promise<RowsAnswer>;

  /**
   * All rows of a part, a page at a time and at least one page. Rows that come
   * in meanwhile shift none.
   *
   * @throws InputError and NotFoundError as {@link metrics} does, before the first page
   */
  rowPages(
    metric: MetricId,
    query: Omit<RowsQuery, 'limit' | 'offset'>,
    caller: Caller,
  ): AsyncIterable<RowsAnswer>;
}
