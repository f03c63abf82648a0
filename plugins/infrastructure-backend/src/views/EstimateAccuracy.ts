import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { OfferingAccuracy } from '@waymark/plugin-infrastructure-common';
import type { BillBook } from '@waymark/plugin-infrastructure-node';
import type { Knex } from 'knex';
import {
  errorOf,
  neededResources,
  suggestionsOf,
  type Priced,
} from '../offerings/accuracy';
import type { Offering } from '../offerings/Offerings';
import type { Caller } from '../requests/people';
import type { ResourceRow } from '../requests/records';
import { toResourceSummary } from './summaries';

/** Bills of a month may still come on so many days of the next. */
const lateDays = 5;

/** The newest say most of the assumptions of now. */
const mostCompared = 200;

const dayText = (at: number) => new Date(at).toISOString().slice(0, 10);

/** The last month whose bills should be there. */
function lastBilledMonth(now: Date): { from: string; to: string } {
  const back = now.getUTCDate() > lateDays ? 1 : 2;
  const first = (months: number) =>
    dayText(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
  return { from: first(back), to: first(back - 1) };
}

/** A resource by the prices of now; none where one of them is not known any more. */
function pricedNow(
  offering: Offering,
  { parameters }: ResourceRow,
  billed: number,
): Priced[] {
  try {
    return [{ billed, estimate: offering.estimate(parameters) }];
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

/** Lays what resources of an offering were estimated at beside what they really cost. */
export class EstimateAccuracy {
  readonly #knex: Knex;
  readonly #bills: BillBook | undefined;
  readonly #logger: LoggerService;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    /** Undefined in a portal that keeps no bills. */
    bills: BillBook | undefined;
    logger: LoggerService;
    now?: () => Date;
  }) {
    this.#knex = options.knex;
    this.#bills = options.bills;
    this.#logger = options.logger;
    this.#now = options.now ?? (() => new Date());
  }

  /** Of the resources whose costs the caller sees, and that were the same for a whole month. */
  async of(offering: Offering, caller: Caller): Promise<OfferingAccuracy> {
    const month = lastBilledMonth(this.#now());
    const rows = await this.#unchanged(offering, month.from);
    const nothing = { ...month, resources: [], suggestions: [], error: null };
    if (!this.#bills) {
      return {
        ...nothing,
        state: 'unavailable',
        reason: 'This portal keeps no bills.',
      };
    }
    let used: Map<string, number>;
    try {
      used = await this.#bills.used({
        entityRefs: rows.map(row => toResourceSummary(row, offering).entityRef),
        ...month,
        credentials: caller.credentials,
      });
    } catch (error) {
      this.#logger.warn(
        `Bills of ${offering.name} could not be read: ${error}`,
      );
      return {
        ...nothing,
        state: 'unavailable',
        reason: 'The bills could not be read just now.',
      };
    }
    const compared = rows.flatMap(row => {
      const { entityRef, id, name, environment, monthlyCost } =
        toResourceSummary(row, offering);
      const billed = used.get(entityRef);
      return billed === undefined || !monthlyCost
        ? []
        : [
            {
              row,
              told: {
                resourceId: id,
                name,
                environment,
                estimate: monthlyCost,
                billed: Math.round(billed * 100) / 100,
              },
            },
          ];
    });
    const resources = compared.map(({ told }) => told);
    const error = errorOf(resources);
    return {
      ...month,
      state: error ? 'measured' : 'insufficient',
      ...(error
        ? {}
        : {
            reason: `${resources.length} that you see the costs of were the same for all of the month and are billed; ${neededResources} are needed.`,
          }),
      error: error ?? null,
      suggestions: suggestionsOf(
        offering.file.spec.price.items,
        error,
        compared.flatMap(({ row, told: { billed } }) =>
          pricedNow(offering, row, billed),
        ),
      ),
      resources,
    };
  }

  async #unchanged(offering: Offering, from: string): Promise<ResourceRow[]> {
    return this.#knex<ResourceRow>('resources')
      .where({ offering: offering.name })
      .whereIn('state', ['ready', 'drifted'])
      .where('changed_at', '<', `${from}T00:00:00Z`)
      .whereNotNull('cost_high')
      .orderBy('created_at', 'desc')
      .limit(mostCompared)
      .select('*');
  }
}
