import type { ForecastQuery } from '@waymark/plugin-costs-common';
import type { Sight } from '../allocation/Sight';
import type { Caller } from '../import/ImportsService';
import type { ForecastService } from './ForecastService';

/** Shows people what their own groups will spend, and everything to those who may see it. */
export class AuthorizedForecast implements ForecastService {
  readonly #forecast: ForecastService;
  readonly #sight: Sight;

  constructor(forecast: ForecastService, sight: Sight) {
    this.#forecast = forecast;
    this.#sight = sight;
  }

  async forecast(query: ForecastQuery, caller: Caller) {
    return this.#forecast.forecast(
      query,
      caller,
      await this.#sight.within(caller),
    );
  }
}
