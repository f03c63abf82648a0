import type {
  BudgetUse,
  QuotaUse,
} from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import type { InfrastructureSettings, Allowance } from '../config';

/** What a resource takes, or would take. */
export type Claim = {
  resourceId: string;
  owner: string;
  environment: string;
  unit: string;
  amount: number;
  /** US dollars a month, by the upper end. */
  monthly: number;
};

/** What is there for a claim, and whether it fits. */
export type Room = { quota: QuotaUse; budget: BudgetUse };

const cents = (dollars: number) => Math.round(dollars * 100) / 100;

/** Whether the claim fits into quota and budget. */
export function fits({ quota, budget }: Room): {
  quota: boolean;
  budget: boolean;
} {
  return {
    quota: quota.limit === null || quota.used + quota.asked <= quota.limit,
    budget: budget.limit === null || budget.used + budget.asked <= budget.limit,
  };
}

/**
 * Holds what resources and requests in flight take of quotas and budgets. A
 * resource that is being changed takes the larger of before and after, until
 * the change is done.
 */
export class Reservations {
  readonly #knex: Knex;
  readonly #allowances: InfrastructureSettings['allowances'];

  constructor(knex: Knex, allowances: InfrastructureSettings['allowances']) {
    this.#knex = knex;
    this.#allowances = allowances;
  }

  /** What a claim would find. */
  async room(claim: Claim, tx: Knex = this.#knex): Promise<Room> {
    const others = (column: 'amount' | 'monthly', where: object) =>
      tx
        .sum({ used: 'most' })
        .from(
          tx('reservations')
            .where(where)
            .whereNot({ resource_id: claim.resourceId })
            .groupBy('resource_id')
            .max({ most: column })
            .as('each'),
        )
        .first()
        .then(row => Number(row?.used ?? 0));
    const { owner, environment, unit } = claim;
    const allowance = this.#allowanceOf(owner);
    return {
      quota: {
        environment,
        unit,
        limit: allowance.quotas[unit]?.[environment] ?? null,
        used: await others('amount', { owner_ref: owner, environment, unit }),
        asked: claim.amount,
      },
      budget: {
        limit: allowance.budget ?? null,
        used: cents(await others('monthly', { owner_ref: owner })),
        asked: cents(claim.monthly),
      },
    };
  }

  /**
   * Takes what the claim wants, if it is there. Whoever claims for the same
   * group waits until this transaction ends.
   *
   * @returns what was there before
   */
  async take(
    tx: Knex.Transaction,
    requestId: string,
    claim: Claim,
  ): Promise<Room> {
    await tx.raw('select pg_advisory_xact_lock(hashtextextended(?, 7042))', [
      claim.owner,
    ]);
    const room = await this.room(claim, tx);
    const { quota, budget } = fits(room);
    if (quota && budget) {
      const row = {
        request_id: requestId,
        resource_id: claim.resourceId,
        owner_ref: claim.owner,
        environment: claim.environment,
        unit: claim.unit,
        amount: claim.amount,
        monthly: claim.monthly,
      };
      await tx('reservations').insert(row).onConflict('request_id').merge();
    }
    return room;
  }

  /** Gives back what a request took that came to nothing. */
  async release(tx: Knex.Transaction, requestId: string): Promise<void> {
    await tx('reservations').where({ request_id: requestId }).delete();
  }

  /** From now on a resource takes what this request took, and nothing else; undefined: nothing at all. */
  async settle(
    tx: Knex.Transaction,
    resourceId: string,
    requestId: string | undefined,
  ): Promise<void> {
    await tx('reservations')
      .where({ resource_id: resourceId })
      .modify(rows => {
        if (requestId) rows.whereNot({ request_id: requestId });
      })
      .delete();
  }

  /** All that a group may use, and what is taken. */
  async overview(owner: string): Promise<{
    quotas: QuotaUse[];
    budget: BudgetUse;
  }> {
    const rows: { environment: string; unit: string; used: number }[] =
      await this.#knex
        .select('environment', 'unit')
        .sum({ used: 'most' })
        .from(
          this.#knex('reservations')
            .where({ owner_ref: owner })
            .groupBy('environment', 'unit', 'resource_id')
            .select('environment', 'unit')
            .max({ most: 'amount' })
            .as('each'),
        )
        .groupBy('environment', 'unit');
    const { quotas } = this.#allowanceOf(owner);
    const limits = Object.entries(quotas).flatMap(([unit, byEnvironment]) =>
      Object.keys(byEnvironment).map(environment => ({ unit, environment })),
    );
    const places = new Map(
      [...limits, ...rows].map(({ unit, environment }) => [
        `${unit} ${environment}`,
        { unit, environment },
      ]),
    );
    const { budget } = await this.room({
      resourceId: '00000000-0000-0000-0000-000000000000',
      owner,
      environment: '',
      unit: '',
      amount: 0,
      monthly: 0,
    });
    return {
      quotas: [...places.entries()].sort().map(([, { unit, environment }]) => ({
        unit,
        environment,
        limit: quotas[unit]?.[environment] ?? null,
        used: Number(
          rows.find(row => row.unit === unit && row.environment === environment)
            ?.used ?? 0,
        ),
        asked: 0,
      })),
      budget,
    };
  }

  #allowanceOf(owner: string): Allowance {
    const { default: general, groups } = this.#allowances;
    const own = groups[owner];
    return own
      ? {
          budget: own.budget ?? general.budget,
          quotas: { ...general.quotas, ...own.quotas },
        }
      : general;
  }
}
