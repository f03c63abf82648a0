import { InputError } from '@backstage/errors';
import type { SignalRuleList } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import type { SignalsService } from './SignalsService';
import type { SignalStore } from './SignalStore';

/** @throws InputError when a rule comes after another of the same charges */
function requireReachable({ items }: SignalRuleList): void {
  const places = new Map<string, number>();
  items.forEach(({ service, charge = '*' }, index) => {
    const about = `${service} ${charge}`.toLocaleLowerCase('en-US');
    const earlier = places.get(about);
    if (earlier !== undefined) {
      throw new InputError(
        `items: rule ${index + 1} is about the same charges as rule ${
          earlier + 1
        }, which decides; remove one of them`,
      );
    }
    places.set(about, index);
  });
}

/** Keeps the rules by which charges are logs, metrics or traces. */
export class DefaultSignalsService implements SignalsService {
  readonly #knex: Knex;
  readonly #store: SignalStore;

  constructor(knex: Knex, store: SignalStore) {
    this.#knex = knex;
    this.#store = store;
  }

  async rules(): Promise<SignalRuleList> {
    return this.#store.rules(this.#knex);
  }

  async change(rules: SignalRuleList) {
    requireReachable(rules);
    return this.#knex.transaction(async tx => {
      const before = await this.#store.rules(tx);
      await this.#store.replace(tx, rules);
      return { before, after: await this.#store.rules(tx) };
    });
  }
}
