import {
  coreServices,
  createBackendPlugin,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  costsAnomalyManagePermission,
  costsAnomalyUpdatePermission,
  costsPermissions,
} from '@waymark/plugin-costs-common';
import {
  billSourcesExtensionPoint,
  type BillSource,
} from '@waymark/plugin-costs-node';
import { Allocator } from './allocation/Allocator';
import { createRules } from './allocation/createRules';
import { GroupTree } from './allocation/GroupTree';
import { Ownership } from './allocation/Ownership';
import { RuleStore } from './allocation/RuleStore';
import { Sight } from './allocation/Sight';
import { registerImports } from './api/actions/registerImports';
import { registerRates } from './api/actions/registerRates';
import { registerRules } from './api/actions/registerRules';
import { registerSignals } from './api/actions/registerSignals';
import { registerReads } from './api/actions/registerReads';
import { registerWrites } from './api/actions/registerWrites';
import { createRouter } from './api/router';
import { createUploadRouter } from './api/uploadRouter';
import { createAdvice } from './advice';
import { createImports } from './intake';
import { Audit } from './audit/Audit';
import { readCostsSettings } from './config';
import { AuditedBudgets } from './budgets/AuditedBudgets';
import { AuthorizedBudgets } from './budgets/AuthorizedBudgets';
import { BudgetMeasurer } from './budgets/BudgetMeasurer';
import { BudgetStore } from './budgets/BudgetStore';
import { BudgetWatch } from './budgets/BudgetWatch';
import { DefaultBudgetsService } from './budgets/DefaultBudgetsService';
import { Stewardship } from './budgets/Stewardship';
import { AuthorizedForecast } from './forecast/AuthorizedForecast';
import { DefaultForecastService } from './forecast/DefaultForecastService';
import { today } from './forecast/outlook';
import { SeriesStore } from './forecast/SeriesStore';
import { readSource } from './import/DefaultImportsService';
import { AuditedRates } from './rates/AuditedRates';
import { AuthorizedRates } from './rates/AuthorizedRates';
import { DefaultRatesService } from './rates/DefaultRatesService';
import { RateStore } from './rates/RateStore';
import { createSignals } from './signals/createSignals';
import { AuthorizedTotals } from './insights/AuthorizedTotals';
import { AnomalyFinder } from './insights/anomalies/AnomalyFinder';
import { AnomalyStore } from './insights/anomalies/AnomalyStore';
import { AuditedAnomalies } from './insights/anomalies/AuditedAnomalies';
import { AuthorizedAnomalies } from './insights/anomalies/AuthorizedAnomalies';
import { DefaultAnomaliesService } from './insights/anomalies/DefaultAnomaliesService';
import { SubjectStore } from './insights/anomalies/SubjectStore';
import { AuthorizedChanges } from './insights/changes/AuthorizedChanges';
import { ChangeStore } from './insights/changes/ChangeStore';
import { DefaultChangesService } from './insights/changes/DefaultChangesService';
import { CauseStore } from './insights/CauseStore';
import { DefaultTotalsService } from './insights/DefaultTotalsService';
import { TotalsStore } from './insights/TotalsStore';

/** What everybody spends, from FOCUS bills. */
export const costsPlugin = createBackendPlugin({
  pluginId: 'costs',
  register(registry) {
    const sources = new Map<string, BillSource>();
    registry.registerExtensionPoint(billSourcesExtensionPoint, {
      addSource(source) {
        const name = readSource(source.source);
        if (sources.has(name)) {
          throw new Error(`There are two sources of bills called ${name}`);
        }
        sources.set(name, source);
      },
    });
    registry.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const {
          actionsRegistry,
          auditor,
          config,
          database,
          httpAuth,
          httpRouter,
          logger,
          notifications,
          permissions,
          permissionsRegistry,
          scheduler,
          userInfo,
        } = deps;
        permissionsRegistry.addPermissions(costsPermissions);
        const settings = readCostsSettings(config);
        const knex = await database.getClient();
        if (!database.migrations?.skip) {
          await knex.migrate.latest({
            directory: resolvePackagePath(
              '@waymark/plugin-costs-backend',
              'migrations',
            ),
          });
        }

        const audit = new Audit(auditor);
        const ruleStore = new RuleStore();
        const allocator = new Allocator();
        const imports = await createImports({
          ...deps,
          allocator,
          audit,
          knex,
          rules: ruleStore,
          settings: settings.imports,
          sources: [...sources.values()],
        });

        const rules = await createRules({
          ...deps,
          allocator,
          audit,
          knex,
          rules: ruleStore,
        });
        const sight = new Sight({ permissions, userInfo });
        const totalsStore = new TotalsStore(knex);
        const totals = new AuthorizedTotals({
          totals: new DefaultTotalsService(totalsStore, new CauseStore(knex)),
          permissions,
          sight,
        });
        const changes = new AuthorizedChanges(
          new DefaultChangesService(new ChangeStore(knex), totalsStore),
          sight,
        );
        const forecast = new AuthorizedForecast(
          new DefaultForecastService(new SeriesStore(knex)),
          sight,
        );
        const groups = new GroupTree(knex);
        const budgetStore = new BudgetStore(knex);
        const measurer = new BudgetMeasurer(knex);
        const budgets = new AuditedBudgets(
          new AuthorizedBudgets({
            budgets: new DefaultBudgetsService({
              store: budgetStore,
              measurer,
              groups,
            }),
            groups,
            permissions,
            sight,
            stewardship: new Stewardship({
              groups,
              permissions,
              userInfo,
            }),
          }),
          audit,
        );
        const watch = new BudgetWatch({
          store: budgetStore,
          measurer,
          notifications,
          logger,
        });
        await scheduler.scheduleTask({
          id: 'costs-budgets',
          frequency: { minutes: 5 },
          timeout: { minutes: 10 },
          scope: 'global',
          fn: () => watch.look(today(Date.now())),
        });
        const anomalyStore = new AnomalyStore(knex);
        const anomalies = new AuditedAnomalies(
          new AuthorizedAnomalies({
            anomalies: new DefaultAnomaliesService({
              store: anomalyStore,
              changes: new ChangeStore(knex),
              series: new SeriesStore(knex),
            }),
            sight,
            ownership: new Ownership({
              groups,
              permissions,
              userInfo,
              update: costsAnomalyUpdatePermission,
              manage: costsAnomalyManagePermission,
              purpose: 'judge anomalies',
            }),
          }),
          audit,
        );
        const finder = new AnomalyFinder({
          subjects: new SubjectStore(knex),
          series: new SeriesStore(knex),
          store: anomalyStore,
          least: settings.anomalies.least,
          notifications,
          logger,
        });
        await scheduler.scheduleTask({
          id: 'costs-anomalies',
          frequency: { minutes: 15 },
          initialDelay: { minutes: 1 },
          timeout: { minutes: 30 },
          scope: 'global',
          fn: signal => finder.look(today(Date.now()), signal),
        });
        const rates = new AuditedRates(
          new AuthorizedRates(
            new DefaultRatesService(knex, new RateStore(knex)),
            permissions,
          ),
          audit,
        );
        registerRates(actionsRegistry, rates);
        registerImports(actionsRegistry, imports);
        registerRules(actionsRegistry, rules);
        const signals = createSignals({ audit, knex, permissions });
        registerSignals(actionsRegistry, signals);
        const { recommendations, units } = await createAdvice({
          ...deps,
          groups,
          knex,
          least: settings.recommendations.least,
          sight,
          totals: totalsStore,
        });
        registerReads(actionsRegistry, {
          anomalies,
          budgets,
          changes,
          forecast,
          recommendations,
          totals,
          units,
        });
        registerWrites(actionsRegistry, {
          anomalies,
          budgets,
          recommendations,
          units,
        });
        httpRouter.use(createUploadRouter({ httpAuth, imports }));
        httpRouter.use(
          createRouter({
            anomalies,
            budgets,
            changes,
            forecast,
            httpAuth,
            imports,
            rates,
            recommendations,
            rules,
            signals,
            totals,
            units,
          }),
        );
      },
    });
  },
});
