import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  costsRatesUpdatePermission,
  costsReadPermission,
  type ExchangeRateFile,
  type ExchangeRateOrder,
  type ExchangeRatesQuery,
} from '@waymark/plugin-costs-common';
import type { Caller } from '../import/ImportsService';
import type { RateKey, RatesService } from './RatesService';

/** Shows rates to whoever reads costs, and lets those change them who may. */
export class AuthorizedRates implements RatesService {
  readonly #rates: RatesService;
  readonly #permissions: PermissionsService;

  constructor(rates: RatesService, permissions: PermissionsService) {
    this.#rates = rates;
    this.#permissions = permissions;
  }

  async list(query: ExchangeRatesQuery, caller: Caller) {
    await this.#require(costsReadPermission, 'read exchange rates', caller);
    return this.#rates.list(query, caller);
  }

  async put(key: RateKey, order: ExchangeRateOrder, caller: Caller) {
    await this.#mayChange(caller);
    return this.#rates.put(key, order, caller);
  }

  async remove(key: RateKey, caller: Caller) {
    await this.#mayChange(caller);
    return this.#rates.remove(key, caller);
  }

  async import(file: ExchangeRateFile, caller: Caller) {
    await this.#mayChange(caller);
    return this.#rates.import(file, caller);
  }

  async #mayChange(caller: Caller): Promise<void> {
    await this.#require(
      costsRatesUpdatePermission,
      'change exchange rates',
      caller,
    );
  }

  async #require(
    permission: BasicPermission,
    purpose: string,
    { credentials }: Caller,
  ): Promise<void> {
    await requirePermissions({
      permissions: this.#permissions,
      required: [permission],
      credentials,
      purpose,
    });
  }
}
