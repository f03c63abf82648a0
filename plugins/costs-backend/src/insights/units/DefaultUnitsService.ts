import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError, ResponseError } from '@backstage/errors';
import { callerName } from '@waymark/plugin-authorization-node';
import type {
  Measure,
  UnitCost,
  UnitCosts,
  UnitCostsQuery,
  UnitMonth,
  UnitValues,
} from '@waymark/plugin-costs-common';
import type { GroupTree } from '../../allocation/GroupTree';
import { requireDay } from '../../charges/days';
import { readEntityRef } from '../../charges/entityRef';
import { dayOf, monthOf, numberOf } from '../../forecast/calendar';
import { billedThrough } from '../../forecast/known';
import { today } from '../../forecast/outlook';
import type { SeriesStore } from '../../forecast/SeriesStore';
import type { Caller } from '../../import/ImportsService';
import type { TotalsStore } from '../TotalsStore';
import type { Deployments } from './Deployments';
import type { UnitsService } from './UnitsService';
import type { UnitStore } from './UnitStore';

const levels = ['component', 'system', 'group'] as const;

/** The metric that is counted and not handed in. */
const counted = 'deployments';

const noDeployment =
  'No deployment to production is known of it in these months.';

/** Answers of the dora plugin that are no failures. */
const refusals: Record<number, string> = {
  403: 'You may not read deployments.',
  404: noDeployment,
};

/** Costs of a month, by currency. */
type Costs = Map<string, { currency: string; amount: string }[]>;

function readRef(text: string): {
  ref: string;
  level: (typeof levels)[number];
} {
  const ref = readEntityRef(text);
  const { kind } = parseEntityRef(ref);
  const level = levels.find(known => known === kind);
  if (!level) {
    throw new InputError(
      `entityRef: unit costs are of components, systems and groups, and a ${kind} is none`,
    );
  }
  return { ref, level };
}

/** The first days of months, the oldest first, and the day after the last. */
function monthsUntil(asOf: string, count: number): string[] {
  const firsts = [monthOf(numberOf(asOf)).to];
  while (firsts.length <= count) {
    firsts.unshift(monthOf(firsts[0] - 1).from);
  }
  return firsts.map(dayOf);
}

function perUnit(cost: string, quantity: number | null): string | null {
  if (!quantity) return null;
  return (Number(cost) / quantity).toFixed(10).replace(/\.?0+$/, '');
}

/** Divides what things cost by how much they did. */
export class DefaultUnitsService implements UnitsService {
  readonly #totals: TotalsStore;
  readonly #series: SeriesStore;
  readonly #units: UnitStore;
  readonly #groups: GroupTree;
  readonly #deployments: Deployments;
  readonly #logger: LoggerService;

  constructor(options: {
    totals: TotalsStore;
    series: SeriesStore;
    units: UnitStore;
    groups: GroupTree;
    deployments: Deployments;
    logger: LoggerService;
  }) {
    this.#totals = options.totals;
    this.#series = options.series;
    this.#units = options.units;
    this.#groups = options.groups;
    this.#deployments = options.deployments;
    this.#logger = options.logger;
  }

  async costs(
    query: UnitCostsQuery,
    caller: Caller,
    within?: string[],
  ): Promise<UnitCosts> {
    const { measure = 'EffectiveCost', months: count = 7 } = query;
    const { ref, level } = readRef(query.entityRef);
    const asOf = today(Date.now());
    const days = monthsUntil(asOf, count);
    const [from, to] = [days[0], days[count]];
    const [costs, through, stored, deployed] = await Promise.all([
      this.#costs({ ref, level, from, to, measure, within }),
      this.#series.through(asOf),
      this.#units.months({ entityRef: ref, from, to, within }),
      this.#deployed(ref, from, to, caller),
    ]);
    const billed = billedThrough(through, asOf) ?? -Infinity;
    const monthsOf = (quantities: Map<string, number>): UnitMonth[] =>
      days.slice(0, count).map((month, index) => {
        const quantity = quantities.get(month) ?? null;
        const isWhole = numberOf(days[index + 1]) - 1 <= billed;
        return {
          month,
          isWhole,
          quantity,
          costs: (costs.get(month) ?? []).map(({ currency, amount }) => ({
            currency,
            cost: amount,
            perUnit: isWhole ? perUnit(amount, quantity) : null,
          })),
        };
      });
    return {
      entityRef: ref,
      measure,
      units: [
        {
          unit: counted,
          title: 'deployment',
          isMean: false,
          reason: deployed.reason,
          months: monthsOf(deployed.quantities),
        },
        ...stored.map(
          ({ unit, title, isMean, quantities }): UnitCost => ({
            unit,
            title,
            isMean,
            reason: null,
            months: monthsOf(quantities),
          }),
        ),
      ],
    };
  }

  async put(unit: string, values: UnitValues, caller: Caller): Promise<void> {
    const { ref } = readRef(values.entityRef);
    if (unit === counted) {
      throw new InputError(
        `unit: ${counted} are counted from what is delivered; take another name`,
      );
    }
    const seen = new Set<string>();
    for (const { date } of values.values) {
      requireDay('values', date);
      if (date > today(Date.now())) {
        throw new InputError(`values: ${date} is still to come`);
      }
      if (seen.has(date)) {
        throw new InputError(`values: ${date} is there twice`);
      }
      seen.add(date);
    }
    if ((await this.#groups.ownerOf(ref)) === undefined) {
      throw new NotFoundError(`entityRef: the catalog knows no ${ref}`);
    }
    await this.#units.put(
      unit,
      { ...values, entityRef: ref },
      callerName(caller.credentials),
    );
  }

  async #deployed(
    ref: string,
    from: string,
    to: string,
    caller: Caller,
  ): Promise<{ quantities: Map<string, number>; reason: string | null }> {
    try {
      const quantities = await this.#deployments.months(ref, from, to, caller);
      const isAny = [...quantities.values()].some(quantity => quantity > 0);
      return {
        quantities: isAny ? quantities : new Map(),
        reason: isAny ? null : noDeployment,
      };
    } catch (error) {
      const status =
        error instanceof ResponseError ? error.statusCode : undefined;
      const reason = status && refusals[status];
      if (!reason) {
        this.#logger.warn(`Deployments of ${ref} could not be read: ${error}`);
      }
      return {
        quantities: new Map(),
        reason: reason || 'The deployments could not be read just now.',
      };
    }
  }

  async #costs(question: {
    ref: string;
    level: (typeof levels)[number];
    from: string;
    to: string;
    measure: Measure;
    within: string[] | undefined;
  }): Promise<Costs> {
    const { ref, level, ...rest } = question;
    const rows = await this.#totals.sum({
      ...rest,
      filter: [{ dimension: { kind: 'owner', level }, values: [ref] }],
      interval: 'month',
      limit: 1,
    });
    const costs: Costs = new Map();
    for (const { date, currency, amount, place } of rows) {
      if (date === null || place === null) continue;
      costs.set(date, [...(costs.get(date) ?? []), { currency, amount }]);
    }
    return costs;
  }
}
