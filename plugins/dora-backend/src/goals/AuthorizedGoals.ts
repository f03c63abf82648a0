import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  doraGoalUpdatePermission,
  doraMetricsReadPermission,
  type GoalChange,
  type GoalsQuery,
  type NewGoal,
} from '@waymark/plugin-dora-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import type { Caller } from '../metrics/MetricsService';
import type { GoalsService } from './GoalsService';
import { groupRefOf } from './groupRef';
import type { Leadership } from './Leadership';

/** Lets those read who may read metrics, and those set goals who lead the group. */
export class AuthorizedGoals implements GoalsService {
  readonly #goals: GoalsService;
  readonly #permissions: PermissionsService;
  readonly #leadership: Pick<Leadership, 'leads' | 'require'>;

  constructor(options: {
    goals: GoalsService;
    permissions: PermissionsService;
    leadership: Pick<Leadership, 'leads' | 'require'>;
  }) {
    this.#goals = options.goals;
    this.#permissions = options.permissions;
    this.#leadership = options.leadership;
  }

  async list(query: GoalsQuery, caller: Caller) {
    await this.#mayRead(caller);
    const page = await this.#goals.list(query, caller);
    return query.entityRef
      ? { ...page, maySet: await this.#allows(query.entityRef, caller) }
      : page;
  }

  async find(id: string, caller: Caller) {
    await this.#mayRead(caller);
    return this.#goals.find(id, caller);
  }

  async set(goal: NewGoal, caller: Caller) {
    await this.#maySet(caller);
    await this.#leadership.require(groupRefOf(goal.entityRef), caller);
    return this.#goals.set(goal, caller);
  }

  async change(id: string, change: GoalChange, caller: Caller) {
    await this.#mayChange(id, caller);
    return this.#goals.change(id, change, caller);
  }

  async end(id: string, caller: Caller) {
    await this.#mayChange(id, caller);
    return this.#goals.end(id, caller);
  }

  /** What {@link set} requires, as an answer. */
  async #allows(entityRef: string, caller: Caller): Promise<boolean> {
    const [decision] = await this.#permissions.authorize(
      [{ permission: doraGoalUpdatePermission }],
      { credentials: caller.credentials },
    );
    return (
      decision.result === AuthorizeResult.ALLOW &&
      this.#leadership.leads(groupRefOf(entityRef), caller)
    );
  }

  async #mayChange(id: string, caller: Caller): Promise<void> {
    await this.#maySet(caller);
    const { entityRef } = await this.#goals.find(id, caller);
    await this.#leadership.require(entityRef, caller);
  }

  #mayRead(caller: Caller): Promise<void> {
    return this.#require(doraMetricsReadPermission, 'read goals', caller);
  }

  #maySet(caller: Caller): Promise<void> {
    return this.#require(doraGoalUpdatePermission, 'set goals', caller);
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
