import { InputError } from '@backstage/errors';
import type { TotalsAnswer, TotalsQuery } from '@waymark/plugin-costs-common';
import type { Caller } from '../import/ImportsService';
import { readDimension, readFilter } from '../charges/dimensions';
import type { TotalsService } from './TotalsService';
import type { TotalsRow, TotalsStore } from './TotalsStore';

function requireDay(name: string, day: string): void {
  const date = new Date(`${day}T00:00:00Z`);
  const isDay =
    !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
  if (!isDay) throw new InputError(`${name}: there is no day ${day}`);
}

const partsOf = (rows: TotalsRow[], { currency, place }: TotalsRow) =>
  rows.flatMap(({ date, amount, ...row }) =>
    date !== null && row.currency === currency && row.place === place
      ? [{ date, amount }]
      : [],
  );

/** Answers totals from what bills say. */
export class DefaultTotalsService implements TotalsService {
  readonly #store: TotalsStore;

  constructor(store: TotalsStore) {
    this.#store = store;
  }

  async totals(
    query: TotalsQuery,
    _caller: Caller,
    within?: string[],
  ): Promise<TotalsAnswer> {
    const { from, to, measure = 'BilledCost', groupBy, interval } = query;
    const { limit = 100, filter } = query;
    requireDay('from', from);
    requireDay('to', to);
    if (from >= to) {
      throw new InputError(
        `to: ${to} is not after ${from}; it is the day after the last`,
      );
    }
    const rows = await this.#store.sum({
      from,
      to,
      measure,
      interval,
      limit,
      within,
      groupBy: groupBy ? readDimension(groupBy, 'groupBy') : undefined,
      filter: filter ? readFilter(filter) : [],
    });
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
      totals: rows
        .filter(({ place }) => place === null)
        .map(({ currency, amount }) => ({ currency, amount })),
      items: groups.filter(isShown).map(row => ({
        key: row.key,
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
