import { InputError } from '@backstage/errors';
import type {
  ChangeLines,
  ChangeLinesQuery,
  ChangesAnswer,
  ChangesQuery,
} from '@waymark/plugin-costs-common';
import { requirePeriod } from '../../charges/days';
import { readDimension, readFilter } from '../../charges/dimensions';
import type { Caller } from '../../import/ImportsService';
import type { TotalsStore } from '../TotalsStore';
import type { ChangesService } from './ChangesService';
import type { ChangeStore } from './ChangeStore';
import { lineOf, partsOf } from './answers';
import type { Comparison } from './compare';

type Asked = Pick<
  ChangeLinesQuery,
  'from' | 'to' | 'beforeFrom' | 'beforeTo' | 'measure' | 'filter'
>;

function readComparison(asked: Asked, within?: string[]) {
  const { from, to, beforeFrom, beforeTo, measure, filter } = asked;
  requirePeriod(from, to);
  requirePeriod(beforeFrom, beforeTo, 'beforeFrom', 'beforeTo');
  if (beforeTo > from) {
    throw new InputError(
      `beforeTo: ${beforeTo} is after ${from}; what is compared with ends before`,
    );
  }
  return {
    now: { from, to },
    before: { from: beforeFrom, to: beforeTo },
    measure: measure ?? ('BilledCost' as const),
    filter: filter ? readFilter(filter) : [],
    within,
  } satisfies Partial<Comparison>;
}

/** Compares what bills say of two times. */
export class DefaultChangesService implements ChangesService {
  readonly #store: ChangeStore;
  readonly #totals: Pick<TotalsStore, 'titles'>;

  constructor(store: ChangeStore, totals: Pick<TotalsStore, 'titles'>) {
    this.#store = store;
    this.#totals = totals;
  }

  async changes(
    query: ChangesQuery,
    _caller: Caller,
    within?: string[],
  ): Promise<ChangesAnswer> {
    const { groupBy = 'entity', limit = 20 } = query;
    const dimension = readDimension(groupBy, 'groupBy');
    const comparison = readComparison(query, within);
    const { now, before, measure } = comparison;
    const rows = await this.#store.byGroup({
      ...comparison,
      groupBy: dimension,
      limit,
    });
    const titles = await this.#totals.titles(
      dimension,
      rows.flatMap(({ key }) => (key === null ? [] : [key])),
    );
    return {
      now,
      before,
      measure,
      groupBy,
      totals: rows
        .filter(({ place }) => place === null)
        .map(row => ({ currency: row.currency, ...partsOf(row) })),
      items: rows
        .filter(({ place }) => place !== null && place <= limit)
        .map(row => ({
          key: row.key,
          ...(row.key !== null && titles.has(row.key)
            ? { title: titles.get(row.key) }
            : {}),
          currency: row.currency,
          ...partsOf(row),
        })),
      others: rows
        .filter(({ place }) => place !== null && place > limit)
        .map(row => ({
          currency: row.currency,
          groups: row.groups,
          ...partsOf(row),
        })),
    };
  }

  async lines(
    query: ChangeLinesQuery,
    _caller: Caller,
    within?: string[],
  ): Promise<ChangeLines> {
    const { limit = 20 } = query;
    const comparison = readComparison(query, within);
    const { now, before, measure } = comparison;
    const rows = await this.#store.byLine({ ...comparison, limit });
    return {
      now,
      before,
      measure,
      items: rows.filter(({ place }) => place <= limit).map(lineOf),
      others: rows
        .filter(({ place }) => place > limit)
        .map(row => ({
          currency: row.currency,
          groups: row.lines,
          ...partsOf(row),
        })),
    };
  }
}
