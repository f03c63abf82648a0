import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { budgetBookExtensionPoint } from '@waymark/plugin-infrastructure-node';
import { CostsBudgetBook } from './CostsBudgetBook';

/** Has requests judged by the budgets that are set under Costs. */
export const infrastructureModuleCosts = createBackendModule({
  pluginId: 'infrastructure',
  moduleId: 'costs',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        budgets: budgetBookExtensionPoint,
        discovery: coreServices.discovery,
      },
      async init({ auth, budgets, discovery }) {
        budgets.setBudgetBook(new CostsBudgetBook({ auth, discovery }));
      },
    });
  },
});
