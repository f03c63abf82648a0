import {
  coreServices,
  createBackendPlugin,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { RememberedPeople } from '@waymark/plugin-authorization-node';
import { infrastructurePermissions } from '@waymark/plugin-infrastructure-common';
import { randomUUID } from 'node:crypto';
import { registerGuardrails } from './api/actions/registerGuardrails';
import { registerDecisions } from './api/actions/registerDecisions';
import { registerReads } from './api/actions/registerReads';
import { registerRequests } from './api/actions/registerRequests';
import { createReportsRouter } from './api/reportsRouter';
import { createRouter } from './api/router';
import { AuditTrail } from './audit/AuditTrail';
import { tellAuditor } from './audit/tellAuditor';
import { readInfrastructureSettings } from './config';
import { Approvers } from './decisions/Approvers';
import { Budgets } from './decisions/Budgets';
import { DecisionRecords } from './decisions/DecisionRecords';
import { DecisionRecorder } from './decisions/DecisionRecorder';
import { ExceptionStore } from './decisions/ExceptionStore';
import { DefaultRequestsService } from './decisions/DefaultRequestsService';
import { Impact } from './decisions/Impact';
import { Judge } from './decisions/Judge';
import { Reservations } from './decisions/Reservations';
import { RightSizing } from './decisions/RightSizing';
import { Submission } from './decisions/Submission';
import { Surroundings } from './decisions/Surroundings';
import { Cipher } from './encryption/Cipher';
import { openExtensionPoints } from './extensions/openExtensionPoints';
import { createGuardrails } from './guardrails';
import { NamedNotifications } from './notices/NamedNotifications';
import { Notices } from './notices/Notices';
import { tellPages } from './notices/tellPages';
import { Offerings } from './offerings/Offerings';
import { PriceBook } from './offerings/PriceBook';
import { Changes } from './queue/Changes';
import { gather } from './queue/gather';
import { RunQueue } from './queue/RunQueue';
import { DelegationStore } from './requests/DelegationStore';
import { DraftStore } from './requests/DraftStore';
import { Actors } from './requests/people';
import { RequestStore } from './requests/RequestStore';
import { DriftWatch } from './resources/DriftWatch';
import { Expiry } from './resources/Expiry';
import { Housekeeping } from './resources/Housekeeping';
import { Reports } from './resources/Reports';
import { ReportStore } from './resources/ReportStore';
import { SecretDeliveries } from './resources/SecretDeliveries';
import { Completion } from './runs/Completion';
import { Lanes } from './runs/Lanes';
import { Outputs } from './runs/Outputs';
import { PlanKeeper } from './runs/PlanKeeper';
import { RunLogStore } from './runs/RunLog';
import { SinkRules } from './runs/SinkRules';
import { Runner } from './runs/Runner';
import { Workers } from './runs/Workers';
import { scheduleWork } from './schedule';
import { createServices } from './services';
import { StateGrants } from './state/StateGrants';
import { createStateRouter } from './state/stateRouter';
import { StateService } from './state/StateService';
import { StateStore } from './state/StateStore';
import { EstimateAccuracy } from './views/EstimateAccuracy';

/** How many runs of a kind and an engine a backend works on at a time. */
const places = 8;

/** Infrastructure by request: judged by policy, approved by people where it must be, run by engines. */
export const infrastructurePlugin = createBackendPlugin({
  pluginId: 'infrastructure',
  register(registry) {
    const {
      bills,
      budgets: held,
      engines: registered,
      policy,
      sinks,
    } = openExtensionPoints(registry);
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
        notifications: byReference,
        permissions,
        permissionsRegistry,
        scheduler,
        signals,
        userInfo,
      }) {
        permissionsRegistry.addPermissions(infrastructurePermissions);
        const notifications = new NamedNotifications({
          notifications: byReference,
          catalog,
          auth,
          logger,
        });
        const settings = readInfrastructureSettings(config);
        const knex = await database.getClient();
        if (!database.migrations?.skip) {
          await knex.migrate.latest({
            directory: resolvePackagePath(
              '@waymark/plugin-infrastructure-backend',
              'migrations',
            ),
          });
        }

        const engines = registered.byName;
        const offerings = await Offerings.read({
          folder: settings.offerings,
          prices: await PriceBook.read(settings.prices),
          engines,
        });
        for (const { file, message } of offerings.problems) {
          logger.warn(`Offering ${file} is left out: ${message}`);
        }
        const actors = new Actors(new RememberedPeople(userInfo));
        const audit = new AuditTrail(knex, {
          tell: tellAuditor(auditor, logger),
        });
        const queue = new RunQueue(knex, randomUUID());
        const requests = new RequestStore(knex);
        const reservations = new Reservations(knex, settings.allowances);
        const cipher = new Cipher(settings.keys);
        const outputs = new Outputs(
          knex,
          cipher,
          SinkRules.create(settings.secretSinks, sinks.byName),
        );
        const stateGrants = new StateGrants({
          knex,
          baseUrl: () => discovery.getBaseUrl('infrastructure'),
        });
        const logs = new RunLogStore(knex);
        const approvers = new Approvers({ catalog, auth, settings });
        const exceptions = new ExceptionStore(knex);
        const budgets = new Budgets({
          book: held.value,
          allowances: settings.allowances,
          logger,
        });
        const judge = Judge.create({
          policy,
          approvers,
          budgets,
          exceptions,
          impact: new Impact({ catalog, auth }),
          settings,
          logger,
        });
        const records = new DecisionRecords(knex, cipher);
        const delegations = new DelegationStore(knex);
        const recorder = new DecisionRecorder({
          records,
          judge,
          reservations,
          requests,
          queue,
          audit,
          expiryMs: settings.approvalExpiryMs,
        });
        const completion = Completion.create({
          audit,
          offerings,
          outputs,
          requests,
          reservations,
        });
        const publish = gather(tellPages(signals));
        const changes = new Changes();
        changes.listen(publish);
        const onChanged = changes.tell;
        const reports = Reports.create({
          knex,
          audit,
          completion,
          engines,
          logger,
          requests,
          store: new ReportStore(knex),
          patienceMs: settings.reportPatienceMs,
          onChanged,
        });
        const secrets = SecretDeliveries.create({
          knex,
          audit,
          logger,
          outputs,
          requests,
          sinks: sinks.byName,
        });
        const runner = Runner.create({
          knex,
          audit,
          completion,
          engines,
          logger,
          logs,
          offerings,
          plans: new PlanKeeper({ judge, recorder }),
          queue,
          requests,
          reservations,
          stateGrants,
          onApplied: async request => {
            await reports.reconsider(request);
            await secrets.deliver(request);
          },
          onChanged,
          onStep: publish,
        });
        const workers = new Workers({
          queue,
          runner,
          logger,
          lanes: new Lanes(offerings, places),
        });
        changes.listen(() => workers.nudge());
        lifecycle.addStartupHook(() => workers.start());
        lifecycle.addShutdownHook(() => workers.stop());
        const housekeeping = new Housekeeping({
          knex,
          audit,
          recorder,
          requests,
          onChanged,
        });
        const notices = new Notices({
          knex,
          delegations,
          notifications,
          logger,
        });
        const rightSizing = new RightSizing(knex);

        const requestsService = DefaultRequestsService.create({
          approvers,
          knex,
          actors,
          audit,
          delegations,
          records,
          drafts: new DraftStore(knex),
          judge,
          offerings,
          queue,
          recorder,
          requests,
          reservations,
          rightSizing,
          submission: new Submission({
            engines,
            offerings,
            requests,
            catalog,
            settings,
            surroundings: new Surroundings({ catalog, auth }),
          }),
          onChanged,
          onCancelled: request => runner.stop(request),
        });
        const expiry = new Expiry({
          knex,
          requests: requestsService,
          credentials: () => auth.getOwnServiceCredentials(),
          notifications,
          logger,
        });
        const drift = DriftWatch.create({
          knex,
          audit,
          engines,
          logger,
          offerings,
          requests,
          stateGrants,
        });

        const states = StateService.create({
          store: new StateStore(knex),
          cipher,
        });
        const guardrails = createGuardrails({
          knex,
          actors,
          approvers,
          audit,
          auth,
          catalog,
          delegations,
          exceptions,
          judge,
          records,
          logger,
          notices,
          notifications,
          onChanged,
          offerings,
          permissions,
          policy,
          requests,
          settings,
          states,
        });

        registerGuardrails(actionsRegistry, guardrails.services);
        await scheduleWork(scheduler, {
          approvals: guardrails.approvals,
          comments: guardrails.comments,
          compliance: guardrails.compliance,
          drift,
          exceptions: guardrails.exceptions,
          expiry,
          housekeeping,
          notices,
          reports,
          secrets,
          workers,
        });

        // Terraform shows the credentials of its run, which the framework does not know.
        httpRouter.addAuthPolicy({ path: '/state', allow: 'unauthenticated' });
        httpRouter.use(createStateRouter({ grants: stateGrants, states }));
        // Senders prove themselves by a signature, or a secret of their own.
        httpRouter.addAuthPolicy({
          path: '/reports',
          allow: 'unauthenticated',
        });
        httpRouter.use(createReportsRouter(reports));
        const services = createServices({
          accuracy: new EstimateAccuracy({ knex, bills: bills.value, logger }),
          knex,
          actors,
          audit,
          budgets,
          delegations,
          engines,
          logs,
          offerings,
          outputs,
          permissions,
          queue,
          requests,
          requestsService,
          reservations,
          rightSizing,
          states,
        });
        httpRouter.use(
          createRouter({
            ...services,
            guardrails: guardrails.services,
            httpAuth,
          }),
        );
        registerReads(actionsRegistry, services);
        registerRequests(actionsRegistry, services);
        registerDecisions(actionsRegistry, services);
      },
    });
  },
});
