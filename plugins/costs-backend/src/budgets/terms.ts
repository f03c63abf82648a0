import { parseEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  signOf,
  sum,
  type BudgetOrder,
  type BudgetThreshold,
} from '@waymark/plugin-costs-common';
import { readEntityRef } from '../charges/entityRef';
import type { BudgetTerms } from './Budget';

/** Kinds of entities that have budgets. */
export const budgetKinds = ['group', 'system', 'component'] as const;

/** Which level of ownership an entity with a budget is. */
export function levelOf(entityRef: string): (typeof budgetKinds)[number] {
  const { kind } = parseEntityRef(entityRef);
  const level = budgetKinds.find(known => known === kind.toLowerCase());
  if (!level) {
    throw new InputError(
      `entityRef: budgets are of groups, systems and components, and a ${kind} is none`,
    );
  }
  return level;
}

/** @throws InputError when the text is no reference of something that has budgets */
export function entityRefOf(text: string): string {
  const ref = readEntityRef(text);
  levelOf(ref);
  return ref;
}

const nameOf = ({ basis, percent }: BudgetThreshold) => `${basis} ${percent}`;

/** Reads what was ordered. @throws InputError when it makes no sense */
export function readTerms(order: BudgetOrder): BudgetTerms {
  const amount = sum([order.amount]);
  if (signOf(amount) <= 0) {
    throw new InputError('amount: a budget is more than 0');
  }
  const names = order.thresholds.map(nameOf);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) {
    throw new InputError(`thresholds: ${twice} % is there twice`);
  }
  return {
    entityRef: entityRefOf(order.entityRef),
    period: order.period,
    currency: order.currency,
    measure: order.measure ?? 'EffectiveCost',
    amount,
    thresholds: [...order.thresholds].sort(
      (one, other) =>
        one.basis.localeCompare(other.basis) || one.percent - other.percent,
    ),
  };
}
