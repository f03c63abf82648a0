import type { BudgetStatus, Outlook } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import { dayOf, monthOf, numberOf, yearOf } from '../forecast/calendar';
import { knownOf, type Known } from '../forecast/known';
import { daysBefore, outlookOf } from '../forecast/outlook';
import { SeriesStore } from '../forecast/SeriesStore';
import type { StoredBudget } from './Budget';
import { OwnerSeries } from './OwnerSeries';
import { statusOf } from './status';
import { levelOf } from './terms';

const spanOf = { month: monthOf, year: yearOf };

/** A year, and what came before it for a forecast on its first days. */
const lookBack = 566;

/** What is said of a time of which no charge is known. */
function nothingOf(budget: StoredBudget, asOf: string): Outlook {
  const { from, to } = spanOf[budget.period](numberOf(asOf));
  return {
    from: dayOf(from),
    to: dayOf(to),
    state: 'insufficient',
    reason: `no charge in ${budget.currency} is known of it`,
    known: '0',
    expected: null,
    low: null,
    high: null,
  };
}

/** Measures where budgets stand, many at once. */
export class BudgetMeasurer {
  readonly #owners: OwnerSeries;
  readonly #series: SeriesStore;

  constructor(knex: Knex) {
    this.#owners = new OwnerSeries(knex);
    this.#series = new SeriesStore(knex);
  }

  /** @param asOf - the day that is not over */
  async measure(
    budgets: StoredBudget[],
    asOf: string,
  ): Promise<Map<string, BudgetStatus>> {
    const through = await this.#series.through(asOf);
    const questions = new Map<string, StoredBudget[]>();
    for (const budget of budgets) {
      const key = `${levelOf(budget.entityRef)} ${budget.measure}`;
      questions.set(key, [...(questions.get(key) ?? []), budget]);
    }
    const measured = new Map<string, BudgetStatus>();
    for (const asked of questions.values()) {
      const [{ entityRef, measure }] = asked;
      const rows = await this.#owners.days({
        level: levelOf(entityRef),
        refs: [...new Set(asked.map(budget => budget.entityRef))],
        measure,
        from: daysBefore(asOf, lookBack),
        to: asOf,
      });
      for (const budget of asked) {
        const known = knownOf(rows.get(budget.entityRef) ?? [], through, asOf);
        measured.set(
          budget.id,
          this.#statusOf(budget, known.get(budget.currency), asOf),
        );
      }
    }
    return measured;
  }

  #statusOf(
    budget: StoredBudget,
    known: Known | undefined,
    asOf: string,
  ): BudgetStatus {
    if (!known) return statusOf(budget, nothingOf(budget, asOf), known);
    const { billed, days, ...outlook } = outlookOf(
      known,
      spanOf[budget.period](numberOf(asOf)),
    );
    return statusOf(budget, outlook, known);
  }
}
