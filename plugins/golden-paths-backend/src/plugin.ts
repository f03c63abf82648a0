import {
  coreServices,
  createBackendPlugin,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { goldenPathsPermissions } from '@waymark/plugin-golden-paths-common';
import {
  Layers,
  readLayersFolder,
  readPortalUrl,
} from '@waymark/plugin-golden-paths-node';
import {
  readDefaultAuthor,
  repositoryHostServiceRef,
} from '@waymark/plugin-repositories-node';
import { registerAdoptionActions } from './actions/registerAdoptionActions';
import { registerActions } from './actions/registerActions';
import { registerCampaignActions } from './actions/registerCampaignActions';
import { registerExceptionActions } from './actions/registerExceptionActions';
import { registerUpgradeActions } from './actions/registerUpgradeActions';
import { AuthorizedAdoptions } from './adoptions/AuthorizedAdoptions';
import { DefaultAdoptions } from './adoptions/DefaultAdoptions';
import { AuditedAdoptions } from './audit/AuditedAdoptions';
import { AuditedCampaigns } from './audit/AuditedCampaigns';
import { AuditedExceptions } from './audit/AuditedExceptions';
import { AuditedUpgrades } from './audit/AuditedUpgrades';
import { AuthorizedCampaigns } from './campaigns/AuthorizedCampaigns';
import { CampaignStore } from './campaigns/CampaignStore';
import { DefaultCampaigns } from './campaigns/DefaultCampaigns';
import { readDeciders, readLocalFolders } from './config';
import { AuthorizedExceptions } from './exceptions/AuthorizedExceptions';
import { DefaultExceptions } from './exceptions/DefaultExceptions';
import { ExceptionNotices } from './exceptions/ExceptionNotices';
import { AuthorizedFleet } from './fleet/AuthorizedFleet';
import { CoverageStore } from './fleet/CoverageStore';
import { DeploymentReader } from './fleet/DeploymentReader';
import { DoraDeployments } from './fleet/Deployments';
import { ExceptionStore } from './fleet/ExceptionStore';
import { FirstDeploymentStore } from './fleet/FirstDeploymentStore';
import { DefaultFleet } from './fleet/DefaultFleet';
import { FleetReader } from './fleet/FleetReader';
import { exceptionRights, Ownership, upgradeRights } from './fleet/Ownership';
import { ServiceStore } from './fleet/ServiceStore';
import { SupportNotices } from './fleet/SupportNotices';
import { AuthorizedNames } from './names/AuthorizedNames';
import { DefaultNames } from './names/DefaultNames';
import { AuthorizedPreviews } from './previews/AuthorizedPreviews';
import { ScaffolderDryRun } from './previews/ScaffolderDryRun';
import { TemplatePreviews } from './previews/TemplatePreviews';
import { TemplateSource } from './previews/TemplateSource';
import { Releases } from './releases/Releases';
import { ReleaseStore } from './releases/ReleaseStore';
import { createRouter } from './router';
import { AuthorizedUpgrades } from './upgrades/AuthorizedUpgrades';
import { DefaultUpgrades } from './upgrades/DefaultUpgrades';
import { GreenMerger } from './upgrades/GreenMerger';
import { Merger } from './upgrades/Merger';
import { UpgradeStore } from './upgrades/UpgradeStore';
import { UpgradeWorker } from './upgrades/UpgradeWorker';

/** Answers what a person wants to know before they create something, and keeps current what was created. */
export const goldenPathsPlugin = createBackendPlugin({
  pluginId: 'golden-paths',
  register(registry) {
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
        reader: coreServices.urlReader,
        repositories: repositoryHostServiceRef,
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
        discovery,
        httpAuth,
        httpRouter,
        lifecycle,
        logger,
        notifications,
        permissions,
        permissionsRegistry,
        reader,
        repositories: host,
        scheduler,
        signals,
        userInfo,
      }) {
        permissionsRegistry.addPermissions(goldenPathsPermissions);
        const knex = await database.getClient();
        if (!database.migrations?.skip) {
          await knex.migrate.latest({
            directory: resolvePackagePath(
              '@waymark/plugin-golden-paths-backend',
              'migrations',
            ),
          });
        }

        const names = new AuthorizedNames(
          DefaultNames.create({ catalog, repositories: host, logger }),
          permissions,
        );
        const source = TemplateSource.create({
          reader,
          integrations: ScmIntegrations.fromConfig(config),
          localFolders: readLocalFolders(config),
          logger,
        });
        const previews = new AuthorizedPreviews(
          TemplatePreviews.create({
            catalog,
            source,
            dryRun: ScaffolderDryRun.create({ auth, discovery, logger }),
          }),
          permissions,
        );

        const releases = Releases.create({
          catalog,
          auth,
          source,
          layers: new Layers(readLayersFolder(config)),
          store: new ReleaseStore(knex),
          logger,
        });
        const services = new ServiceStore(knex);
        const exceptionStore = new ExceptionStore(knex);
        const reading = FleetReader.create({
          catalog,
          auth,
          host,
          store: services,
          logger,
        });
        const owners = { store: services, catalog, permissions, userInfo };
        const ownership = new Ownership({ ...owners, rights: upgradeRights });
        const firstDeployments = new FirstDeploymentStore(knex);
        const deploying = new DeploymentReader({
          store: firstDeployments,
          deployments: new DoraDeployments({ auth, discovery }),
          logger,
        });
        const known = DefaultFleet.create({
          store: services,
          coverage: new CoverageStore(knex),
          deployments: firstDeployments,
          exceptions: exceptionStore,
          releases,
          host,
        });
        const fleet = new AuthorizedFleet({
          fleet: known,
          permissions,
          ownership,
        });

        const tellChanged = () =>
          signals.publish({
            recipients: { type: 'broadcast' },
            channel: 'golden-paths:changed',
            message: {},
          });
        const queue = new UpgradeStore(knex);
        const campaignStore = new CampaignStore(knex);
        const author = readDefaultAuthor(config);
        const portalUrl = readPortalUrl(config);
        const worker = UpgradeWorker.create({
          host,
          store: queue,
          releases,
          author,
          portalUrl,
          mergesClean: upgrade => campaignStore.mergesClean(upgrade),
          async onEnded({ entity_ref: entityRef }) {
            await campaignStore.endFinished();
            const service = await services.find(entityRef);
            if (service) await reading.read(service);
            await tellChanged();
          },
          logger,
        });
        const nudge = () =>
          void worker
            .work()
            .catch(error => logger.warn(`Upgrades wait: ${error}`));
        const greens = GreenMerger.create({
          host,
          store: queue,
          async onMerged({ entity_ref: entityRef }) {
            const service = await services.find(entityRef);
            if (service) await reading.read(service);
            await tellChanged();
          },
          logger,
        });
        const plans = DefaultCampaigns.create({
          store: campaignStore,
          releases,
          services,
          exceptions: exceptionStore,
          onChanged: nudge,
        });
        const upgrades = new AuditedUpgrades(
          new AuthorizedUpgrades({
            upgrades: DefaultUpgrades.create({
              fleet: known,
              releases,
              store: queue,
              merger: new Merger({
                host,
                store: queue,
                services,
                reader: reading,
              }),
              host,
              author,
              portalUrl,
              onAdded: nudge,
            }),
            permissions,
            ownership,
          }),
          auditor,
        );
        const campaigns = new AuditedCampaigns(
          new AuthorizedCampaigns(plans, permissions),
          auditor,
        );

        const adoptions = new AuditedAdoptions(
          new AuthorizedAdoptions({
            adoptions: DefaultAdoptions.create({
              catalog,
              releases,
              store: queue,
              host,
              author,
              portalUrl,
            }),
            permissions,
            ownership,
          }),
          auditor,
        );

        const exceptions = new AuditedExceptions(
          new AuthorizedExceptions({
            exceptions: DefaultExceptions.create({
              store: exceptionStore,
              services,
              async onChanged() {
                await campaignStore.letOff();
                await tellChanged();
              },
            }),
            permissions,
            ownership: new Ownership({ ...owners, rights: exceptionRights }),
          }),
          auditor,
        );
        const exceptionNotices = ExceptionNotices.create({
          store: exceptionStore,
          notifications,
          deciders: readDeciders(config),
          logger,
        });

        lifecycle.addShutdownHook(() => worker.stop());
        await scheduler.scheduleTask({
          id: 'golden-paths-fleet',
          frequency: { seconds: 30 },
          initialDelay: { seconds: 5 },
          timeout: { minutes: 30 },
          // One replica reads for all.
          scope: 'global',
          fn: async signal => {
            await releases.publish();
            await reading.refresh(signal);
            await deploying.look(signal);
            await queue.noteMerged();
            await campaignStore.letOff();
            await greens.look(signal);
            await exceptionNotices.look();
          },
        });
        await scheduler.scheduleTask({
          id: 'golden-paths-upgrades',
          frequency: { seconds: 10 },
          timeout: { hours: 1 },
          // Each replica takes what the others do not work on.
          scope: 'local',
          fn: () => worker.work(),
        });
        await scheduler.scheduleTask({
          id: 'golden-paths-support',
          frequency: { hours: 24 },
          initialDelay: { minutes: 5 },
          timeout: { minutes: 30 },
          scope: 'global',
          fn: () =>
            SupportNotices.create({
              store: services,
              exceptions: exceptionStore,
              releases,
              notifications,
              logger,
            }).look(),
        });

        const all = {
          names,
          previews,
          fleet,
          upgrades,
          campaigns,
          adoptions,
          exceptions,
        };
        registerActions(actionsRegistry, all);
        registerUpgradeActions(actionsRegistry, all);
        registerCampaignActions(actionsRegistry, all);
        registerAdoptionActions(actionsRegistry, all);
        registerExceptionActions(actionsRegistry, all);
        httpRouter.use(createRouter({ httpAuth, ...all }));
      },
    });
  },
});
