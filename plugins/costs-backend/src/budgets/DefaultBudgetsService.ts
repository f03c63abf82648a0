import { ConflictError, NotFoundError } from '@backstage/errors';
import { callerName } from '@waymark/plugin-authorization-node';
import type {
  Budget,
  BudgetOrder,
  BudgetPage,
  BudgetsQuery,
} from '@waymark/plugin-costs-common';
import { isDeepStrictEqual } from 'node:util';
import type { GroupTree } from '../allocation/GroupTree';
import { today } from '../forecast/outlook';
import type { Caller } from '../import/ImportsService';
import { termsOf, type BudgetTerms, type StoredBudget } from './Budget';
import type { BudgetMeasurer } from './BudgetMeasurer';
import type { BudgetsService, BudgetWrite } from './BudgetsService';
import type { BudgetStore } from './BudgetStore';
import { entityRefOf, readTerms } from './terms';

const isSame = (one: BudgetTerms, other: BudgetTerms) =>
  isDeepStrictEqual(termsOf(one), termsOf(other));

function changedMeanwhile(budget: StoredBudget): ConflictError {
  return new ConflictError(
    `version: ${
      budget.changedBy ?? budget.setBy
    } changed this budget meanwhile, it is at version ${
      budget.version
    }; look at theirs and change that one`,
  );
}

/** Keeps budgets, and measures where they stand when it is asked. */
export class DefaultBudgetsService implements BudgetsService {
  readonly #store: BudgetStore;
  readonly #measurer: BudgetMeasurer;
  readonly #groups: GroupTree;

  constructor(options: {
    store: BudgetStore;
    measurer: BudgetMeasurer;
    groups: GroupTree;
  }) {
    this.#store = options.store;
    this.#measurer = options.measurer;
    this.#groups = options.groups;
  }

  async list(
    query: BudgetsQuery,
    _caller: Caller,
    within?: string[],
  ): Promise<BudgetPage> {
    const { budgets, total } = await this.#store.list({
      entityRef: query.entityRef ? entityRefOf(query.entityRef) : undefined,
      within,
      limit: query.limit ?? 50,
      offset: query.offset ?? 0,
    });
    return { items: await this.#described(budgets), total };
  }

  async find(id: string): Promise<Budget> {
    const [budget] = await this.#described([await this.#required(id)]);
    return budget;
  }

  async put(
    id: string,
    order: BudgetOrder,
    caller: Caller,
  ): Promise<BudgetWrite> {
    const terms = readTerms(order);
    const by = callerName(caller.credentials);
    const before = await this.#store.find(id);
    if (before && isSame(before, terms)) {
      return { before: termsOf(before), budget: await this.find(id) };
    }
    if ((await this.#groups.ownerOf(terms.entityRef)) === undefined) {
      throw new NotFoundError(
        `entityRef: the catalog knows no ${terms.entityRef}`,
      );
    }
    if (!before) {
      if (order.version !== 0) throw noBudget(id);
      if (await this.#store.wasEnded(id)) {
        throw new ConflictError(
          `Budget ${id} was ended; a new one takes a new id`,
        );
      }
      await this.#store.add(id, terms, by);
      return { before: null, budget: await this.find(id) };
    }
    const isChanged =
      order.version === before.version &&
      (await this.#store.change(id, before.version, terms, by));
    if (!isChanged) throw changedMeanwhile(await this.#required(id));
    return { before: termsOf(before), budget: await this.find(id) };
  }

  async end(
    id: string,
    version: number,
    caller: Caller,
  ): Promise<BudgetTerms | undefined> {
    if (await this.#store.wasEnded(id)) return undefined;
    const before = await this.#required(id);
    const by = callerName(caller.credentials);
    if (!(await this.#store.end(id, version, by))) {
      throw changedMeanwhile(await this.#required(id));
    }
    return termsOf(before);
  }

  async #required(id: string): Promise<StoredBudget> {
    const budget = await this.#store.find(id);
    if (!budget) throw noBudget(id);
    return budget;
  }

  async #described(budgets: StoredBudget[]): Promise<Budget[]> {
    const measured = await this.#measurer.measure(budgets, today(Date.now()));
    return budgets.map(budget => ({
      id: budget.id,
      version: budget.version,
      title: budget.title,
      ownerRef: budget.ownerRef,
      ...termsOf(budget),
      setBy: budget.setBy,
      setAt: budget.setAt.toISOString(),
      changedBy: budget.changedBy,
      changedAt: budget.changedAt?.toISOString() ?? null,
      status: measured.get(budget.id)!,
    }));
  }
}

function noBudget(id: string): NotFoundError {
  return new NotFoundError(
    `There is no budget ${id}; one is set with version 0`,
  );
}
