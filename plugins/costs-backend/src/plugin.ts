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
import { randomUUID } from 'node:crypto';
import { Allocator } from './allocation/Allocator';
import { AuthorizedRules } from './allocation/AuthorizedRules';
import { CatalogMirror } from './allocation/CatalogMirror';
import { DefaultRulesService } from './allocation/DefaultRulesService';
import { ReallocationStore } from './allocation/ReallocationStore';
import { Reallocator } from './allocation/Reallocator';
import { GroupTree } from './allocation/GroupTree';
import { Ownership } from './allocation/Ownership';
import { RuleStore } from './allocation/RuleStore';
import { Sight } from './allocation/Sight';
import { StaleBills } from './allocation/StaleBills';
import { registerRates } from './api/actions/registerRates';
import { registerSignals } from './api/actions/registerSignals';
import { registerReads } from './api/actions/registerReads';
import { registerWrites } from './api/actions/registerWrites';
import { createRouter } from './api/router';
import { createUploadRouter } from './api/uploadRouter';
import { OnDemand } from './charges/OnDemand';
import { createAdvice } from './advice';
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
import { AuthorizedImports } from './import/AuthorizedImports';
import { BillStore } from './import/BillStore';
import {
  DefaultImportsService,
  readSource,
} from './import/DefaultImportsService';
import { FileStore } from './import/FileStore';
import { Importer } from './import/Importer';
import { ImportStore } from './import/ImportStore';
import { ImportWorker } from './import/ImportWorker';
import { scheduleWatches } from './import/watches';
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
          auth,
          catalog,
          config,
          database,
          httpAuth,
          httpRouter,
          lifecycle,
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

        const files = new FileStore(settings.imports.directory);
        const importStore = new ImportStore(knex, randomUUID());
        const bills = new BillStore(knex);
        const ruleStore = new RuleStore();
        const allocator = new Allocator();
        const worker = ImportWorker.create({
          imports: importStore,
          bills,
          files,
          importer: Importer.create({
            knex,
            imports: importStore,
            bills,
            files,
            limits: settings.imports,
            onStored: async (tx, ids) => {
              await ruleStore.hold(tx);
              await allocator.allocate(tx, ids, await ruleStore.current(tx));
            },
          }),
          logger,
          onRemove: (tx, ids) => allocator.forget(tx, ids),
        });
        lifecycle.addStartupHook(() => worker.nudge());
        lifecycle.addShutdownHook(() => worker.stop());
        await scheduler.scheduleTask({
          id: 'costs-imports',
          frequency: { seconds: 10 },
          timeout: { minutes: 1 },
          // Each replica has files of its own.
          scope: 'local',
          fn: async () => worker.nudge(),
        });
        await scheduler.scheduleTask({
          id: 'costs-tidy',
          frequency: { minutes: 1 },
          timeout: { minutes: 30 },
          scope: 'global',
          fn: async signal => worker.tidy(signal),
        });

        await scheduleWatches({
          settings: settings.imports,
          sources: [...sources.values()],
          scheduler,
          knex,
          imports: importStore,
          files,
          logger,
          onAdded: () => worker.nudge(),
        });

        const mirror = new CatalogMirror({ knex, catalog, auth });
        const stale = new StaleBills({
          knex,
          rules: ruleStore,
          allocator,
          logger,
        });
        await scheduler.scheduleTask({
          id: 'costs-catalog',
          frequency: { seconds: 30 },
          timeout: { minutes: 30 },
          scope: 'global',
          fn: async signal => {
            await mirror.sync();
            await stale.freshen(signal);
          },
        });

        const reallocations = new ReallocationStore(knex);
        const reallocator = new Reallocator({
          knex,
          reallocations,
          rules: ruleStore,
          allocator,
          logger,
        });
        const reallocating = new OnDemand(
          signal => reallocator.work(signal),
          error => logger.warn(`Rules of allocation wait: ${error}`),
        );
        lifecycle.addStartupHook(() => reallocating.nudge());
        lifecycle.addShutdownHook(() => reallocating.stop());
        await scheduler.scheduleTask({
          id: 'costs-reallocations',
          frequency: { seconds: 10 },
          timeout: { minutes: 1 },
          // A replica that was killed holds no turn of others.
          scope: 'local',
          fn: async () => reallocating.nudge(),
        });

        const rules = new AuthorizedRules(
          new DefaultRulesService({
            knex,
            rules: ruleStore,
            reallocations,
            allocator,
            onChange: () => reallocating.nudge(),
          }),
          permissions,
        );
        const imports = new AuthorizedImports(
          DefaultImportsService.create({
            imports: importStore,
            bills,
            files,
            onAdded: () => worker.nudge(),
          }),
          permissions,
        );
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
          new Audit(auditor),
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
          new Audit(auditor),
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
          new Audit(auditor),
        );
        registerRates(actionsRegistry, rates);
        const audit = new Audit(auditor);
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
