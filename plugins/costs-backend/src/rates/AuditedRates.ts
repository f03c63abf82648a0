import type {
  ExchangeRate,
  ExchangeRateFile,
  ExchangeRateOrder,
  ExchangeRatesQuery,
} from '@waymark/plugin-costs-common';
import type { Audit } from '../audit/Audit';
import type { Caller } from '../import/ImportsService';
import type { RateKey, RatesService } from './RatesService';

const saidOf = (rate: ExchangeRate | undefined) =>
  rate ? { rate: rate.rate, source: rate.source } : null;

/** Writes down who changed which rate, what it was before, and what was refused. */
export class AuditedRates implements RatesService {
  readonly #rates: RatesService;
  readonly #audit: Audit;

  constructor(rates: RatesService, audit: Audit) {
    this.#rates = rates;
    this.#audit = audit;
  }

  list(query: ExchangeRatesQuery, caller: Caller) {
    return this.#rates.list(query, caller);
  }

  put(key: RateKey, order: ExchangeRateOrder, caller: Caller) {
    const asked = { ...key, asked: { ...order } };
    return this.#audit.note('exchange-rate-set', asked, caller, async () => {
      const result = await this.#rates.put(key, order, caller);
      const { before, after } = result;
      return { result, meta: { before: saidOf(before), after: saidOf(after) } };
    });
  }

  remove(key: RateKey, caller: Caller) {
    const asked = { ...key };
    return this.#audit.note('exchange-rate-remove', asked, caller, async () => {
      const result = await this.#rates.remove(key, caller);
      return { result, meta: { before: saidOf(result.before), after: null } };
    });
  }

  import(file: ExchangeRateFile, caller: Caller) {
    const asked = { source: file.source ?? null };
    return this.#audit.note(
      'exchange-rates-import',
      asked,
      caller,
      async () => {
        const result = await this.#rates.import(file, caller);
        return { result, meta: { ...result } };
      },
    );
  }
}
