import type {
  AuthService,
  LifecycleService,
  LoggerService,
  PermissionsService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import type { Audit } from '../audit/Audit';
import { OnDemand } from '../charges/OnDemand';
import type { Allocator } from './Allocator';
import { AuditedRules } from './AuditedRules';
import { AuthorizedRules } from './AuthorizedRules';
import { CatalogMirror } from './CatalogMirror';
import { DefaultRulesService } from './DefaultRulesService';
import { Reallocator } from './Reallocator';
import { ReallocationStore } from './ReallocationStore';
import type { RulesService } from './RulesService';
import type { RuleStore } from './RuleStore';
import { StaleBills } from './StaleBills';

/** Wires what says to whom costs are allocated, and has it follow the catalog and the rules. */
export async function createRules(parts: {
  allocator: Allocator;
  audit: Audit;
  auth: AuthService;
  catalog: CatalogService;
  knex: Knex;
  lifecycle: LifecycleService;
  logger: LoggerService;
  permissions: PermissionsService;
  rules: RuleStore;
  scheduler: SchedulerService;
}): Promise<RulesService> {
  const { allocator, audit, knex, lifecycle, logger, rules, scheduler } = parts;
  const mirror = new CatalogMirror(parts);
  const stale = new StaleBills({ knex, rules, allocator, logger });
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
    rules,
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
  return new AuditedRules(
    new AuthorizedRules(
      new DefaultRulesService({
        knex,
        rules,
        reallocations,
        allocator,
        onChange: () => reallocating.nudge(),
      }),
      parts.permissions,
    ),
    audit,
  );
}
