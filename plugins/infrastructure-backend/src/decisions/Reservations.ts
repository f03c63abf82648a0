import type {
  BudgetUse,
  QuotaUse,
} from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import type { InfrastructureSettings } from '../config';
import type { BudgetLimit } from './Budgets';

/** What a resource takes, or would take. */
export type Claim = {
  resourceId: string;
  owner: string;
  environment: string;
  unit: string;
  amount: number;
  /** US dollars a month, by the upper end. */
  monthly: number;
  /** What the owner may spend. */
  budget: BudgetLimit;
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

/** Whether the room keeps a claim out: of a budget that bills are counted on, people decide. */
export function keepsOut(room: Room): boolean {
  const { quota, budget } = fits(room);
  return !quota || (!budget && room.budget.by !== 'budget');
}

/** So many days after a resource was made, its bills are taken to tell of it. */
const billedAfterDays = 30;

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

  /**
   * What a claim would find.
   *
   * @param requestId - the request that claims, which does not stand in its own way
   */
  async room(
    claim: Claim,
    tx: Knex = this.#knex,
    requestId?: string,
  ): Promise<Room> {
    const { owner, environment, unit } = claim;
    const taken = await this.#takenByOthers(tx, claim);
    return {
      quota: {
        environment,
        unit,
        limit: this.#quotasOf(owner)[unit]?.[environment] ?? null,
        used: taken.amount,
        asked: claim.amount,
      },
      budget: await this.#budget(tx, claim, taken.monthly, requestId),
    };
  }

  async #budget(
    tx: Knex,
    claim: Claim,
    taken: number,
    requestId: string | undefined,
  ): Promise<BudgetUse> {
    const { budget } = claim;
    if (budget.by !== 'budget') {
      return {
        by: budget.by,
        limit: budget.by === 'allowance' ? budget.limit : null,
        used: cents(taken),
        asked: cents(claim.monthly),
      };
    }
    const { limit, expected, isForecast } = budget;
    const { promised, billed } = await this.#unbilled(tx, claim, requestId);
    return {
      by: 'budget',
      limit: cents(limit),
      used: cents(expected + promised),
      asked: cents(Math.max(0, claim.monthly - billed)),
      expected: cents(expected),
      isForecast,
      promised: cents(promised),
    };
  }

  /** What the group's other resources take of the quota, and in US dollars a month. */
  async #takenByOthers(
    tx: Knex,
    { environment, owner, resourceId, unit }: Claim,
  ): Promise<{ amount: number; monthly: number }> {
    const { rows } = await tx.raw<{
      rows: { amount: number; monthly: number }[];
    }>(
      `select coalesce(sum(amount), 0)::float8 as amount,
          coalesce(sum(monthly), 0)::float8 as monthly
        from (
          select max(amount) filter (
              where environment = :environment and unit = :unit
            ) as amount, max(monthly) as monthly
          from reservations
          where owner_ref = :owner and resource_id <> :resourceId
          group by resource_id
        ) each`,
      { environment, unit, owner, resourceId },
    );
    return rows[0];
  }

  /**
   * What bills do not tell of yet: all of what others have that is new, and of
   * what was there before what it is to cost more. And what of the claimed
   * resource they tell of already.
   */
  async #unbilled(
    tx: Knex,
    { owner, resourceId }: Claim,
    requestId: string | undefined,
  ): Promise<{ promised: number; billed: number }> {
    const { rows } = await tx.raw<{
      rows: { is_own: boolean; most: number; billed: number }[];
    }>(
      `select r.resource_id = :resourceId::uuid as is_own, max(r.monthly) as most,
          case when max(s.created_at) < now() - make_interval(days => :days)
            then min(r.monthly) else 0 end as billed
        from reservations r join resources s on s.id = r.resource_id
        where r.owner_ref = :owner
          and (:requestId::uuid is null or r.request_id <> :requestId::uuid)
        group by r.resource_id`,
      {
        resourceId,
        owner,
        days: billedAfterDays,
        requestId: requestId ?? null,
      },
    );
    const own = rows.find(row => row.is_own);
    return {
      promised: rows
        .filter(row => !row.is_own)
        .reduce((total, { most, billed }) => total + most - billed, 0),
      billed: own?.billed ?? 0,
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
    const room = await this.room(claim, tx, requestId);
    if (!keepsOut(room)) {
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

  /** Gives back what a request took that failed before it touched anything. Tried again, it takes it again. */
  async releaseUntouched(
    tx: Knex.Transaction,
    requestId: string,
  ): Promise<void> {
    await tx('reservations')
      .where({ request_id: requestId })
      .whereNotExists(
        tx('audit').where({
          request_id: requestId,
          action: 'request.applying',
        }),
      )
      .delete();
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
  async overview(
    owner: string,
    limit: BudgetLimit,
  ): Promise<{
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
    const quotas = this.#quotasOf(owner);
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
      budget: limit,
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

  #quotasOf(owner: string): Record<string, Record<string, number>> {
    const { default: general, groups } = this.#allowances;
    return { ...general.quotas, ...groups[owner]?.quotas };
  }
}
