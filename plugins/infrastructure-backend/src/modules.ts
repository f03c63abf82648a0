import type { BackendPluginRegistrationPoints } from '@backstage/backend-plugin-api';
import {
  billBookExtensionPoint,
  budgetBookExtensionPoint,
  enginesExtensionPoint,
  policyExtensionPoint,
  secretSinksExtensionPoint,
} from '@waymark/plugin-infrastructure-node';
import {
  BillHolder,
  BudgetHolder,
  EngineRegistry,
  PolicyHolder,
  SinkRegistry,
} from './EngineRegistry';

/** Opens the plugin to modules. @returns what they bring, once all of them have */
export function openToModules(registry: BackendPluginRegistrationPoints) {
  const brought = {
    bills: new BillHolder(),
    budgets: new BudgetHolder(),
    engines: new EngineRegistry(),
    policy: new PolicyHolder(),
    sinks: new SinkRegistry(),
  };
  registry.registerExtensionPoint(billBookExtensionPoint, brought.bills);
  registry.registerExtensionPoint(budgetBookExtensionPoint, brought.budgets);
  registry.registerExtensionPoint(enginesExtensionPoint, brought.engines);
  registry.registerExtensionPoint(policyExtensionPoint, brought.policy);
  registry.registerExtensionPoint(secretSinksExtensionPoint, brought.sinks);
  return brought;
}
