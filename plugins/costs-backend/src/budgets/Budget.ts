import type {
  Budget,
  BudgetThreshold,
  Decimal,
} from '@waymark/plugin-costs-common';

/** Everything that a person decides about a budget. */
export type BudgetTerms = Pick<
  Budget,
  'entityRef' | 'period' | 'currency' | 'measure' | 'amount' | 'thresholds'
>;

/** A budget as it is kept. */
export type StoredBudget = BudgetTerms & {
  id: string;
  version: number;
  /** How people call what it is for. */
  title: string;
  /** The group that owns what it is for; null where the catalog knows none. */
  ownerRef: string | null;
  setBy: string;
  setAt: Date;
  changedBy: string | null;
  changedAt: Date | null;
};

/** The terms alone, for what is written down of it. */
export function termsOf(budget: BudgetTerms): BudgetTerms {
  const { entityRef, period, currency, measure, amount, thresholds } = budget;
  return { entityRef, period, currency, measure, amount, thresholds };
}

/** A threshold of a budget that was crossed, and by what. */
export type Crossing = BudgetThreshold & { reached: Decimal };
