import type { BackendPluginRegistrationPoints } from '@backstage/backend-plugin-api';
import {
  billBookExtensionPoint,
  budgetBookExtensionPoint,
  enginesExtensionPoint,
  policyExtensionPoint,
  secretSinksExtensionPoint,
  type BillBook,
  type BudgetBook,
  type Engine,
  type PolicyEngine,
  type SecretSink,
} from '@waymark/plugin-infrastructure-node';
import { NamedRegistry } from './NamedRegistry';
import { Provided } from './Provided';
import { ProvidedPolicy } from './ProvidedPolicy';

/** Opens the plugin to modules. @returns what they bring, once all of them have */
export function openExtensionPoints(registry: BackendPluginRegistrationPoints) {
  const bills = new Provided<BillBook>('books of bills');
  const budgets = new Provided<BudgetBook>('books of budgets');
  const engines = new NamedRegistry<Engine>('engines');
  const policy = new Provided<PolicyEngine>('policy engines');
  const sinks = new NamedRegistry<SecretSink>('sinks');
  registry.registerExtensionPoint(billBookExtensionPoint, {
    setBillBook: book => bills.set(book),
  });
  registry.registerExtensionPoint(budgetBookExtensionPoint, {
    setBudgetBook: book => budgets.set(book),
  });
  registry.registerExtensionPoint(enginesExtensionPoint, {
    addEngine: engine => engines.add(engine),
  });
  registry.registerExtensionPoint(policyExtensionPoint, {
    setPolicyEngine: engine => policy.set(engine),
  });
  registry.registerExtensionPoint(secretSinksExtensionPoint, {
    addSink: sink => sinks.add(sink),
  });
  return { bills, budgets, engines, policy: new ProvidedPolicy(policy), sinks };
}
