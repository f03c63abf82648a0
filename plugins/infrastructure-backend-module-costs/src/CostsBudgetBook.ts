import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type { Budget } from '@waymark/plugin-costs-common';
import type {
  BudgetBook,
  BudgetStanding,
} from '@waymark/plugin-infrastructure-node';
import type { CostsReach } from './CostsReach';

/** Estimates are in it. */
const currency = 'USD';

/** A form asks at every key that is pressed; bills come once a day. */
const freshForMs = 20_000;

function standingOf({ amount, status }: Budget): BudgetStanding {
  const { expected } = status.outlook;
  return {
    limit: Number(amount),
    expected: Number(expected ?? status.spent),
    isForecast: expected !== null,
  };
}

/** Reads budgets of the costs plugin over HTTP, as the infrastructure plugin. */
export class CostsBudgetBook implements BudgetBook {
  readonly #reach: CostsReach;
  readonly #credentials: () => Promise<BackstageCredentials>;
  readonly #now: () => number;
  readonly #kept = new Map<
    string,
    { standing: Promise<BudgetStanding | undefined>; until: number }
  >();

  constructor(options: {
    reach: CostsReach;
    /** Those of the infrastructure plugin. */
    credentials: () => Promise<BackstageCredentials>;
    now?: () => number;
  }) {
    this.#reach = options.reach;
    this.#credentials = options.credentials;
    this.#now = options.now ?? Date.now;
  }

  async of(
    owner: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<BudgetStanding | undefined> {
    const kept = this.#kept.get(owner);
    if (kept && kept.until > this.#now()) return kept.standing;
    const standing = this.#read(owner, options.signal);
    this.#kept.set(owner, { standing, until: this.#now() + freshForMs });
    // A failure is not kept: the next question asks again.
    standing.catch(() => this.#kept.delete(owner));
    return standing;
  }

  async #read(
    entityRef: string,
    signal: AbortSignal | undefined,
  ): Promise<BudgetStanding | undefined> {
    const client = await this.#reach.as(await this.#credentials());
    const { data, response } = await client.GET('/budgets', {
      params: { query: { entityRef, limit: 50 } },
      signal,
    });
    if (!data) throw await ResponseError.fromResponse(response);
    const budget = data.items.find(
      one => one.period === 'month' && one.currency === currency,
    );
    return budget && standingOf(budget);
  }
}
