import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { BillSource } from '@waymark/plugin-costs-node';
import type { Knex } from 'knex';
import type { CostsSettings } from '../config';
import { BucketPlace } from './BucketPlace';
import type { FileStore } from './FileStore';
import { FileWatch } from './FileWatch';
import { FolderPlace } from './FolderPlace';
import type { ImportStore } from './ImportStore';
import { SourceWatch } from './SourceWatch';

/** Has what the settings and modules name looked into by and by: folders, buckets and sources. */
export async function scheduleWatches(options: {
  settings: CostsSettings['imports'];
  sources: BillSource[];
  scheduler: SchedulerService;
  knex: Knex;
  imports: ImportStore;
  files: FileStore;
  logger: LoggerService;
  onAdded: () => void;
}): Promise<void> {
  const { settings, sources, scheduler, ...tools } = options;
  const { folders, buckets } = settings;
  if (folders.length > 0) {
    const watch = new FileWatch({
      ...tools,
      places: folders.map(folder => new FolderPlace(folder)),
    });
    await scheduler.scheduleTask({
      id: 'costs-folders',
      frequency: { minutes: 5 },
      timeout: { minutes: 30 },
      // Replicas may see other disks.
      scope: 'local',
      fn: async signal => watch.look(new Date(), signal),
    });
  }
  if (buckets.length > 0) {
    const watch = new FileWatch({
      ...tools,
      places: buckets.map(bucket => new BucketPlace(bucket)),
    });
    await scheduler.scheduleTask({
      id: 'costs-buckets',
      frequency: { minutes: 5 },
      timeout: { hours: 2 },
      // All replicas see the same objects; one fetches them.
      scope: 'global',
      fn: async signal => watch.look(new Date(), signal),
    });
  }
  if (sources.length > 0) {
    const watch = new SourceWatch({ ...tools, sources });
    await scheduler.scheduleTask({
      id: 'costs-sources',
      frequency: { hours: 3 },
      initialDelay: { minutes: 1 },
      timeout: { hours: 2 },
      scope: 'global',
      fn: async signal => watch.look(new Date(), signal),
    });
  }
}
