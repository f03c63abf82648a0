import type {
  LifecycleService,
  LoggerService,
  PermissionsService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { BillSource } from '@waymark/plugin-costs-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { Allocator } from './allocation/Allocator';
import type { RuleStore } from './allocation/RuleStore';
import type { Audit } from './audit/Audit';
import type { CostsSettings } from './config';
import { AuditedImports } from './import/AuditedImports';
import { AuthorizedImports } from './import/AuthorizedImports';
import { BillStore } from './import/BillStore';
import { DefaultImportsService } from './import/DefaultImportsService';
import { FileStore } from './import/FileStore';
import { Importer } from './import/Importer';
import type { ImportsService } from './import/ImportsService';
import { ImportStore } from './import/ImportStore';
import { ImportWorker } from './import/ImportWorker';
import { Withdrawer } from './import/Withdrawer';
import { scheduleWatches } from './import/watches';

/** Wires what takes bills in, and has it work. */
export async function createImports(parts: {
  allocator: Allocator;
  audit: Audit;
  knex: Knex;
  lifecycle: LifecycleService;
  logger: LoggerService;
  permissions: PermissionsService;
  rules: RuleStore;
  scheduler: SchedulerService;
  settings: CostsSettings['imports'];
  sources: BillSource[];
}): Promise<ImportsService> {
  const { allocator, audit, knex, lifecycle, logger, rules, scheduler } = parts;
  const { permissions, settings, sources } = parts;
  const files = new FileStore(settings.directory, settings.largestBytes);
  const imports = new ImportStore(knex, randomUUID());
  const bills = new BillStore(knex);
  const worker = ImportWorker.create({
    imports,
    bills,
    files,
    importer: Importer.create({
      knex,
      imports,
      bills,
      files,
      limits: settings,
      onStored: async (tx, ids) => {
        await rules.hold(tx);
        await allocator.allocate(tx, ids, await rules.current(tx));
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
  const onAdded = () => worker.nudge();
  await scheduleWatches({
    settings,
    sources,
    scheduler,
    knex,
    imports,
    files,
    logger,
    onAdded,
  });
  return new AuditedImports(
    new AuthorizedImports(
      DefaultImportsService.create({
        imports,
        bills,
        files,
        withdrawer: new Withdrawer({ knex, imports, bills }),
        onAdded,
      }),
      permissions,
    ),
    audit,
  );
}
