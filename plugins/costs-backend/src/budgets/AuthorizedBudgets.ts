import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  costsBudgetReadPermission,
  costsBudgetUpdatePermission,
  type Budget,
  type BudgetOrder,
  type BudgetsQuery,
} from '@waymark/plugin-costs-common';
import type { GroupTree } from '../allocation/GroupTree';
import type { Sight } from '../allocation/Sight';
import type { Caller } from '../import/ImportsService';
import type { BudgetsService } from './BudgetsService';
import type { Stewardship } from './Stewardship';
import { entityRefOf } from './terms';

/** Shows people the budgets of what they see the costs of, and lets those set them who lead the owners. */
export class AuthorizedBudgets implements BudgetsService {
  readonly #budgets: BudgetsService;
  readonly #groups: GroupTree;
  readonly #permissions: PermissionsService;
  readonly #sight: Sight;
  readonly #stewardship: Stewardship;

  constructor(options: {
    budgets: BudgetsService;
    groups: GroupTree;
    permissions: PermissionsService;
    sight: Sight;
    stewardship: Stewardship;
  }) {
    this.#budgets = options.budgets;
    this.#groups = options.groups;
    this.#permissions = options.permissions;
    this.#sight = options.sight;
    this.#stewardship = options.stewardship;
  }

  async list(query: BudgetsQuery, caller: Caller) {
    await this.#require(costsBudgetReadPermission, 'read budgets', caller);
    const within = await this.#sight.within(caller);
    const page = await this.#budgets.list(query, caller, within);
    const may = await this.#stewardship.over(caller);
    return {
      ...page,
      items: await Promise.all(
        page.items.map(async budget => ({
          ...budget,
          mayChange: await may(budget.entityRef),
        })),
      ),
      ...(query.entityRef
        ? { maySet: await may(entityRefOf(query.entityRef)) }
        : {}),
    };
  }

  async find(id: string, caller: Caller) {
    await this.#require(costsBudgetReadPermission, 'read budgets', caller);
    const budget = await this.#budgets.find(id, caller);
    if (!(await this.#sees(budget, caller))) {
      throw new NotFoundError(`There is no budget ${id} that you may see`);
    }
    const may = await this.#stewardship.over(caller);
    return { ...budget, mayChange: await may(budget.entityRef) };
  }

  async put(id: string, order: BudgetOrder, caller: Caller) {
    await this.#require(costsBudgetUpdatePermission, 'set budgets', caller);
    await this.#stewardship.require(entityRefOf(order.entityRef), caller);
    // What it was for until now must be theirs as well.
    const before = await this.#budgets
      .find(id, caller)
      .catch((error: unknown) => {
        if (error instanceof NotFoundError) return undefined;
        throw error;
      });
    if (before) await this.#stewardship.require(before.entityRef, caller);
    return this.#budgets.put(id, order, caller);
  }

  async end(id: string, version: number, caller: Caller) {
    await this.#require(costsBudgetUpdatePermission, 'end budgets', caller);
    const before = await this.#budgets
      .find(id, caller)
      .catch((error: unknown) => {
        if (error instanceof NotFoundError) return undefined;
        throw error;
      });
    if (before) await this.#stewardship.require(before.entityRef, caller);
    return this.#budgets.end(id, version, caller);
  }

  async #sees({ ownerRef }: Budget, caller: Caller): Promise<boolean> {
    const within = await this.#sight.within(caller);
    if (!within) return true;
    if (!ownerRef) return false;
    const above = await this.#groups.above(ownerRef);
    return above.some(ref => within.includes(ref));
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
