import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { BillBook } from './BillBook';
import type { BudgetBook } from './BudgetBook';
import type { Engine } from './Engine';
import type { PolicyEngine } from './PolicyEngine';
import type { SecretSink } from './sinks/SecretSink';

/** Where a module adds something that can make resources. */
export interface EnginesExtensionPoint {
  /** @throws Error when the name is taken */
  addEngine(engine: Engine): void;
}

/** {@inheritDoc EnginesExtensionPoint} */
export const enginesExtensionPoint =
  createExtensionPoint<EnginesExtensionPoint>({ id: 'infrastructure.engines' });

/** Where a module brings the rules. Without one, every request is denied. */
export interface PolicyExtensionPoint {
  /** @throws Error when there is one already */
  setPolicyEngine(engine: PolicyEngine): void;
}

/** {@inheritDoc PolicyExtensionPoint} */
export const policyExtensionPoint = createExtensionPoint<PolicyExtensionPoint>({
  id: 'infrastructure.policy',
});

/** Where a module adds a place that secrets are delivered to. */
export interface SecretSinksExtensionPoint {
  /** @throws Error when the name is taken */
  addSink(sink: SecretSink): void;
}

/** {@inheritDoc SecretSinksExtensionPoint} */
export const secretSinksExtensionPoint =
  createExtensionPoint<SecretSinksExtensionPoint>({
    id: 'infrastructure.secretSinks',
  });

/** Where a module brings what groups may spend. Without one, the configuration says it. */
export interface BudgetBookExtensionPoint {
  /** @throws Error when there is one already */
  setBudgetBook(book: BudgetBook): void;
}

/** {@inheritDoc BudgetBookExtensionPoint} */
export const budgetBookExtensionPoint =
  createExtensionPoint<BudgetBookExtensionPoint>({
    id: 'infrastructure.budgetBook',
  });

/** Where a module brings what resources really cost. Without one, no estimate is laid beside a bill. */
export interface BillBookExtensionPoint {
  /** @throws Error when there is one already */
  setBillBook(book: BillBook): void;
}

/** {@inheritDoc BillBookExtensionPoint} */
export const billBookExtensionPoint =
  createExtensionPoint<BillBookExtensionPoint>({
    id: 'infrastructure.billBook',
  });
