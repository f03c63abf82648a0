import type {
  ForecastAnswer,
  ForecastQuery,
} from '@waymark/plugin-costs-common';
import { requireDay } from '../charges/days';
import { readFilter } from '../charges/dimensions';
import type { Caller } from '../import/ImportsService';
import { dayOf, monthOf, numberOf, quarterOf } from './calendar';
import type { ForecastService } from './ForecastService';
import { knownOf } from './known';
import { daysBefore, outlookOf, today } from './outlook';
import type { SeriesStore } from './SeriesStore';

/** How many days back are read; a forecast looks no further. */
export const lookBack = 200;

/** Forecasts from what bills say of the days until now. */
export class DefaultForecastService implements ForecastService {
  readonly #store: SeriesStore;

  constructor(store: SeriesStore) {
    this.#store = store;
  }

  async forecast(
    query: ForecastQuery,
    _caller: Caller,
    within?: string[],
  ): Promise<ForecastAnswer> {
    const { measure = 'BilledCost', filter, asOf = today(Date.now()) } = query;
    requireDay('asOf', asOf);
    const [rows, through] = await Promise.all([
      this.#store.days({
        from: daysBefore(asOf, lookBack),
        to: asOf,
        measure,
        filter: filter ? readFilter(filter) : [],
        within,
      }),
      this.#store.through(asOf),
    ]);

    const day = numberOf(asOf);
    return {
      asOf,
      measure,
      items: [...knownOf(rows, through, asOf)].map(([currency, known]) => ({
        currency,
        knownFrom: dayOf(known.first),
        knownThrough: dayOf(known.through),
        month: outlookOf(known, monthOf(day)),
        quarter: outlookOf(known, quarterOf(day)),
      })),
    };
  }
}
