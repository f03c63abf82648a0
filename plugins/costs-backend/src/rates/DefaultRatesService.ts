import { NotFoundError } from '@backstage/errors';
import { callerName } from '@waymark/plugin-authorization-node';
import type {
  ExchangeRateFile,
  ExchangeRateOrder,
  ExchangeRatesQuery,
} from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import type { Caller } from '../import/ImportsService';
import { requireRate } from './rates';
import type { RateKey, RatesService } from './RatesService';
import { readRates } from './readRates';
import type { RateStore } from './RateStore';

/** Keeps what currencies are in each other, as people and files say it. */
export class DefaultRatesService implements RatesService {
  readonly #knex: Knex;
  readonly #store: RateStore;

  constructor(knex: Knex, store: RateStore) {
    this.#knex = knex;
    this.#store = store;
  }

  async list({ from, to, limit = 50, offset = 0 }: ExchangeRatesQuery) {
    return this.#store.list({ from, to, limit, offset });
  }

  async put(key: RateKey, order: ExchangeRateOrder, { credentials }: Caller) {
    const rate = requireRate({ ...key, ...order });
    return this.#knex.transaction(async tx => {
      const before = await this.#store.find(tx, key);
      await this.#store.put(tx, [rate], callerName(credentials));
      return { before, after: await this.#store.find(tx, key) };
    });
  }

  async remove(key: RateKey) {
    requireRate({ ...key, rate: '1', source: 'none' });
    return this.#knex.transaction(async tx => {
      const before = await this.#store.find(tx, key);
      if (!before) {
        throw new NotFoundError(
          `There is no rate of ${key.from} in ${key.to} from ${key.day} on`,
        );
      }
      await this.#store.remove(tx, key);
      return { before, after: undefined };
    });
  }

  async import({ csv, source }: ExchangeRateFile, { credentials }: Caller) {
    const rates = readRates(csv, source);
    const { added, changed } = await this.#store.put(
      this.#knex,
      rates,
      callerName(credentials),
    );
    return { added, changed, unchanged: rates.length - added - changed };
  }
}
