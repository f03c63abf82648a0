import type {
  ExchangeRate,
  ExchangeRateFile,
  ExchangeRateOrder,
  ExchangeRatePage,
  ExchangeRatesImported,
  ExchangeRatesQuery,
} from '@waymark/plugin-costs-common';
import type { Caller } from '../import/ImportsService';

/** Which rate is meant. */
export type RateKey = { from: string; to: string; day: string };

/** What was done, and what was there before. */
export type RateChange = {
  before: ExchangeRate | undefined;
  after: ExchangeRate | undefined;
};

/** Keeps what currencies are in each other, by day. */
export interface RatesService {
  list(query: ExchangeRatesQuery, caller: Caller): Promise<ExchangeRatePage>;
  /** Sets the rate of a day; the same again changes nothing. */
  put(
    key: RateKey,
    order: ExchangeRateOrder,
    caller: Caller,
  ): Promise<RateChange>;
  /** @throws NotFoundError when there is none */
  remove(key: RateKey, caller: Caller): Promise<RateChange>;
  /** Takes all rates of a file, or none of them. */
  import(
    file: ExchangeRateFile,
    caller: Caller,
  ): Promise<ExchangeRatesImported>;
}
