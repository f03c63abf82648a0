import type {
  CauseList,
  TotalsAnswer,
  TotalsQuery,
  UnallocatedQuery,
} from '@waymark/plugin-costs-common';
import type { Caller } from '../import/ImportsService';
import {
  readDimension,
  readFilter,
  type Dimension,
} from '../charges/dimensions';
import { requirePeriod } from '../charges/days';
import type { CauseStore } from './CauseStore';
import { conversionOf } from './conversion';
import type { TotalsService } from './TotalsService';
import type { TotalsRow, TotalsStore } from './TotalsStore';

/** Who bears a charge is not in a bill; what else there is can be looked up there. */
const isOfBills = ({ kind }: Dimension) =>
  kind !== 'owner' &&
  kind !== 'allocation' &&
  kind !== 'rule' &&
  kind !== 'cause';

const partsOf = (rows: TotalsRow[], { currency, place }: TotalsRow) =>
  rows.flatMap(({ date, amount, ...row }) =>
    date !== null && row.currency === currency && row.place === place
      ? [{ date, amount }]
      : [],
  );

/** Answers totals from what bills say. */
export class DefaultTotalsService implements TotalsService {
  readonly #store: TotalsStore;
  readonly #causes: CauseStore;

  constructor(store: TotalsStore, causes: CauseStore) {
    this.#store = store;
    this.#causes = causes;
  }

  async unallocated(query: UnallocatedQuery): Promise<CauseList> {
    const { from, to, measure = 'BilledCost', limit = 50 } = query;
    requirePeriod(from, to);
    return { items: await this.#causes.largest({ from, to, measure, limit }) };
  }

  async totals(
    query: TotalsQuery,
    _caller: Caller,
    within?: string[],
  ): Promise<TotalsAnswer> {
    const { from, to, measure = 'BilledCost', groupBy, interval } = query;
    const { limit = 100, filter, currency: into, check = false } = query;
    requirePeriod(from, to);
    const question = {
      from,
      to,
      measure,
      interval,
      limit,
      within,
      groupBy: groupBy ? readDimension(groupBy, 'groupBy') : undefined,
      filter: filter ? readFilter(filter) : [],
    };
    const { rows, conversion, charged } = await this.#store.answers(question, {
      currency: into,
      isChecked:
        check &&
        within === undefined &&
        question.filter.every(({ dimension }) => isOfBills(dimension)),
    });
    const titles = await this.#store.titles(
      groupBy ? readDimension(groupBy, 'groupBy') : undefined,
      rows.flatMap(({ key }) => (key === null ? [] : [key])),
    );
    const groups = rows.filter(
      ({ place, date }) => place !== null && date === null,
    );
    const isShown = ({ place }: TotalsRow) => (place ?? 0) <= limit;
    const parts = (row: TotalsRow) =>
      interval ? { parts: partsOf(rows, row) } : {};
    return {
      from,
      to,
      measure,
      groupBy: groupBy ?? null,
      ...(into && conversion
        ? { conversion: conversionOf(into, conversion) }
        : {}),
      ...(charged ? { charged } : {}),
      totals: rows
        .filter(({ place }) => place === null)
        .map(({ currency, amount }) => ({ currency, amount })),
      items: groups.filter(isShown).map(row => ({
        key: row.key,
        ...(row.key !== null && titles.has(row.key)
          ? { title: titles.get(row.key) }
          : {}),
        currency: row.currency,
        amount: row.amount,
        ...parts(row),
      })),
      others: groups
        .filter(row => !isShown(row))
        .map(row => ({
          currency: row.currency,
          amount: row.amount,
          groups: row.groups,
          ...parts(row),
        })),
    };
  }
}
