import type { BackendPluginRegistrationPoints } from '@backstage/backend-plugin-api';
import {
  budgetBookExtensionPoint,
  enginesExtensionPoint,
  policyExtensionPoint,
  secretSinksExtensionPoint,
} from '@waymark/plugin-infrastructure-node';
import {
  BudgetHolder,
  EngineRegistry,
  PolicyHolder,
  SinkRegistry,
} from './EngineRegistry';

/** Opens the plugin to modules. @returns what they bring, once all of them have */
export function openToModules(registry: BackendPluginRegistrationPoints) {
  const brought = {
    budgets: new BudgetHolder(),
    engines: new EngineRegistry(),
    policy: new PolicyHolder(),
    sinks: new SinkRegistry(),
  };
  registry.registerExtensionPoint(budgetBookExtensionPoint, brought.budgets);
  registry.registerExtensionPoint(enginesExtensionPoint, brought.engines);
  registry.registerExtensionPoint(policyExtensionPoint, brought.policy);
  registry.registerExtensionPoint(secretSinksExtensionPoint, brought.sinks);
  return brought;
}
