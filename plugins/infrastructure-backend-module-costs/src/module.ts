import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  billBookExtensionPoint,
  budgetBookExtensionPoint,
} from '@waymark/plugin-infrastructure-node';
import { CostsBillBook } from './CostsBillBook';
import { CostsBudgetBook } from './CostsBudgetBook';
import { CostsReach } from './CostsReach';

/** Has requests judged by the budgets that are set under Costs, and estimates laid beside bills. */
export const infrastructureModuleCosts = createBackendModule({
  pluginId: 'infrastructure',
  moduleId: 'costs',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        bills: billBookExtensionPoint,
        budgets: budgetBookExtensionPoint,
        discovery: coreServices.discovery,
      },
      async init({ auth, bills, budgets, discovery }) {
        const reach = new CostsReach({ auth, discovery });
        bills.setBillBook(new CostsBillBook(reach));
        budgets.setBudgetBook(
          new CostsBudgetBook({
            reach,
            credentials: () => auth.getOwnServiceCredentials(),
          }),
        );
      },
    });
  },
});
