import {
  coreServices,
  createBackendPlugin,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { doraPermissions } from '@waymark/plugin-dora-common';
import { deliverySourcesExtensionPoint } from '@waymark/plugin-dora-node';
import { registerCorrections } from './api/actions/registerCorrections';
import { registerGoals } from './api/actions/registerGoals';
import { registerInbox } from './api/actions/registerInbox';
import { registerIntake } from './api/actions/registerIntake';
import { registerReads } from './api/actions/registerReads';
import { createIntakeRouter } from './api/intakeRouter';
import { createRouter } from './api/router';
import { ConclusionSettings } from './attribution/ConclusionSettings';
import { readDoraSettings } from './config';
import { AuthorizedHistory } from './facts/AuthorizedHistory';
import { AuthorizedIntake } from './facts/AuthorizedIntake';
import { AuthorizedBackfills } from './facts/backfill/AuthorizedBackfills';
import { BackfillWorker } from './facts/backfill/BackfillWorker';
import { DefaultBackfillService } from './facts/backfill/DefaultBackfillService';
import { CatalogMirror } from './facts/CatalogMirror';
import { inMeasure } from './facts/inMeasure';
import { DefaultHistoryService } from './facts/DefaultHistoryService';
import { DefaultIntakeService } from './facts/DefaultIntakeService';
import { Environments } from './facts/Environments';
import { FactImport } from './facts/FactImport';
import { FactStore } from './facts/FactStore';
import { InboxReader } from './facts/InboxReader';
import { Locator } from './facts/Locator';
import { ServiceDirectory } from './facts/ServiceDirectory';
import { AuditedGoals } from './goals/AuditedGoals';
import { AuthorizedGoals } from './goals/AuthorizedGoals';
import { DefaultGoalsService } from './goals/DefaultGoalsService';
import { GoalWatch } from './goals/GoalWatch';
import { Leadership } from './goals/Leadership';
import { WeeklyDigest } from './goals/WeeklyDigest';
import { EventReceiver } from './ingest/events/EventReceiver';
import { BackfillLeases } from './ingest/backfill/BackfillLeases';
import { BackfillStore } from './ingest/backfill/BackfillStore';
import { HistoryRunStore } from './ingest/history/HistoryRunStore';
import { RepositoryAccess } from './ingest/history/RepositoryAccess';
import { Inbox } from './ingest/Inbox';
import { InboxRetention } from './ingest/InboxRetention';
import { InboxStore } from './ingest/InboxStore';
import { SourceRegistry } from './ingest/SourceRegistry';
import { AuthorizedMetrics } from './metrics/AuthorizedMetrics';
import { AuthorizedRecords } from './metrics/AuthorizedRecords';
import { DefaultMetricsService } from './metrics/DefaultMetricsService';
import { DefaultRecordsService } from './metrics/DefaultRecordsService';
import { Ownership } from './metrics/Ownership';
import { Pipeline } from './metrics/Pipeline';
import { Recalculation } from './metrics/Recalculation';
import { ScopeFinder } from './metrics/ScopeFinder';

/** Measures delivery: takes in deployments, changes and incidents, and answers the five DORA metrics. */
export const doraPlugin = createBackendPlugin({
  pluginId: 'dora',
  register(registry) {
    const sources = new SourceRegistry();
    registry.registerExtensionPoint(deliverySourcesExtensionPoint, sources);
    registry.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init({
        actionsRegistry,
        auditor,
        auth,
        catalog,
        config,
        database,
        events,
        httpAuth,
        httpRouter,
        lifecycle,
        logger,
        notifications,
        permissions,
        permissionsRegistry,
        scheduler,
        signals,
        userInfo,
      }) {
        permissionsRegistry.addPermissions(doraPermissions);
        const settings = readDoraSettings(config);
        const knex = await database.getClient();
        if (!database.migrations?.skip) {
          await knex.migrate.latest({
            directory: resolvePackagePath(
              '@waymark/plugin-dora-backend',
              'migrations',
            ),
          });
        }

        const environments = Environments.create({
          knex,
          aliases: settings.environments,
        });
        const directory = ServiceDirectory.create({ knex });
        const locator = new Locator({ directory, environments });
        const facts = new FactStore();
        const inboxStore = new InboxStore(knex);
        const conclusionSettings = ConclusionSettings.create({
          knex,
          settings,
          logger,
        });
        await conclusionSettings.adopt();
        const recalculation = Recalculation.create({
          knex,
          holding: conclusionSettings,
          logger,
          settings: async () => ({
            production: await environments.idOf('production'),
            baselineMs: settings.baselineMs,
            incidentWindowMs: settings.incidentWindowMs,
          }),
        });
        const pipeline = Pipeline.create({
          inbox: InboxReader.create({
            knex,
            inbox: inboxStore,
            sources,
            store: facts,
            locator,
            logger,
          }),
          recalculation,
          onChanged: services =>
            signals.publish({
              recipients: { type: 'broadcast' },
              channel: 'dora:changed',
              message: { services },
            }),
          logger,
        });
        const nudge = () => pipeline.nudge();

        const mirror = CatalogMirror.create({
          knex,
          catalog,
          auth,
          directory,
          sources,
          logger,
        });
        // Of ten thousand entities it takes seconds, in which the catalog answers others late.
        const mirrorInMeasure = inMeasure(() => mirror.sync(), 1 / 10);
        lifecycle.addStartupHook(() => pipeline.start());
        lifecycle.addShutdownHook(() => pipeline.stop());
        await scheduler.scheduleTask({
          id: 'dora-catalog',
          frequency: { seconds: 20 },
          timeout: { minutes: 5 },
          // Reading the whole catalog is work that one replica does for all.
          scope: 'global',
          fn: async () => {
            await mirrorInMeasure();
            nudge();
          },
        });

        const scopes = new ScopeFinder({
          catalog,
          organisation: settings.organisation,
        });
        const ownership = new Ownership({ knex, permissions, userInfo });
        const records = new AuthorizedRecords({
          records: DefaultRecordsService.create({
            knex,
            settings,
            environments,
            scopes,
            recalculate: async services => {
              for (const id of services) await recalculation.attributeNow(id);
              nudge();
            },
          }),
          permissions,
          ownership,
        });
        httpRouter.addAuthPolicy({
          path: '/webhooks',
          allow: 'unauthenticated',
        });
        const inbox = Inbox.create({ store: inboxStore, onStored: nudge });
        await EventReceiver.create({
          events,
          inbox,
          sources,
          subscriptions: settings.events,
          unverified: config.getOptionalStringArray('events.http.topics') ?? [],
          logger,
        }).subscribe();
        const intake = new AuthorizedIntake(
          DefaultIntakeService.create({
            knex,
            inbox: inboxStore,
            sources,
            imports: FactImport.create({
              knex,
              store: facts,
              locator,
              onStored: nudge,
            }),
            keepMs: settings.inboxKeepMs,
            onReplay: nudge,
          }),
          permissions,
        );
        const retention = new InboxRetention({
          inbox: inboxStore,
          keepMs: settings.inboxKeepMs,
          logger,
        });
        await scheduler.scheduleTask({
          id: 'dora-inbox',
          frequency: { hours: 1 },
          initialDelay: { minutes: 10 },
          timeout: { minutes: 30 },
          scope: 'global',
          fn: async signal => {
            await retention.run(signal);
          },
        });
        const histories = DefaultHistoryService.create({
          knex,
          runs: new HistoryRunStore(knex),
          access: new RepositoryAccess(config),
          directory,
          locator,
          store: facts,
          onStored: nudge,
          logger,
        });
        await scheduler.scheduleTask({
          id: 'dora-histories',
          frequency: { seconds: 20 },
          timeout: { hours: 1 },
          scope: 'local',
          fn: () => histories.work(),
        });
        const history = new AuthorizedHistory({
          history: histories,
          permissions,
          requireOwner: (entityRef, caller) =>
            ownership.require(entityRef, caller),
        });
        const backfillWorker = BackfillWorker.create({
          knex,
          leases: new BackfillLeases(knex),
          sources,
          locator,
          store: facts,
          onStored: nudge,
          logger,
        });
        const workOnBackfills = () => void backfillWorker.work();
        lifecycle.addShutdownHook(() => backfillWorker.stop());
        await scheduler.scheduleTask({
          id: 'dora-backfills',
          frequency: { seconds: 20 },
          timeout: { minutes: 1 },
          scope: 'local',
          // A backfill may wait for hours until it may ask again.
          fn: async () => workOnBackfills(),
        });
        const backfills = new AuthorizedBackfills(
          DefaultBackfillService.create({
            knex,
            store: new BackfillStore(knex),
            sources,
            directory,
            onOrder: workOnBackfills,
          }),
          permissions,
        );
        const measured = DefaultMetricsService.create({
          knex,
          settings,
          environments,
          scopes,
        });
        const metrics = new AuthorizedMetrics(measured, permissions);
        const pursued = DefaultGoalsService.create({
          knex,
          settings,
          environments,
        });
        const goals = new AuditedGoals(
          new AuthorizedGoals({
            goals: pursued,
            permissions,
            leadership: new Leadership({ knex, permissions, userInfo }),
          }),
          auditor,
        );
        const watch = GoalWatch.create({
          knex,
          settings,
          notifications,
          logger,
        });
        // Windows move with time, and deliveries come in: both cross goals.
        await scheduler.scheduleTask({
          id: 'dora-goals',
          frequency: { minutes: 1 },
          timeout: { minutes: 5 },
          scope: 'global',
          fn: () => watch.look(),
        });
        const digest = WeeklyDigest.create({
          knex,
          settings,
          metrics: measured,
          goals: pursued,
          catalog,
          auth,
          notifications,
          logger,
        });
        // Looked at often: the scheduler's own Monday is that of the machine, not of the portal.
        await scheduler.scheduleTask({
          id: 'dora-digest',
          frequency: { minutes: 10 },
          timeout: { minutes: 30 },
          scope: 'global',
          fn: () => digest.send(Date.now()),
        });
        registerReads(actionsRegistry, { metrics, records });
        registerCorrections(actionsRegistry, records);
        registerGoals(actionsRegistry, goals);
        registerIntake(actionsRegistry, { backfills, history });
        registerInbox(actionsRegistry, intake);
        httpRouter.use(
          createIntakeRouter({ history, httpAuth, inbox, intake, sources }),
        );
        httpRouter.use(
          createRouter({
            goals,
            backfills,
            history,
            httpAuth,
            intake,
            metrics,
            records,
          }),
        );
      },
    });
  },
});
