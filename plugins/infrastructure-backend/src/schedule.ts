import type {
  SchedulerService,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { ComplianceWatch } from './compliance/ComplianceWatch';
import type { WaitingApprovals } from './decisions/WaitingApprovals';
import type { ExceptionWatch } from './exceptions/ExceptionWatch';
import type { Comments } from './notices/Comments';
import type { Notices } from './notices/Notices';
import type { DriftWatch } from './resources/DriftWatch';
import type { Expiry } from './resources/Expiry';
import type { Housekeeping } from './resources/Housekeeping';
import type { Reports } from './resources/Reports';
import type { SecretDeliveries } from './resources/SecretDeliveries';
import type { Workers } from './runs/Workers';

/** Lets happen what nobody asks for: by all replicas, or by one for all. */
export async function scheduleWork(
  scheduler: SchedulerService,
  work: {
    approvals: WaitingApprovals;
    comments: Comments;
    compliance: ComplianceWatch;
    drift: DriftWatch;
    exceptions: ExceptionWatch;
    expiry: Expiry;
    housekeeping: Housekeeping;
    notices: Notices;
    reports: Reports;
    secrets: SecretDeliveries;
    workers: Workers;
  },
): Promise<void> {
  const {
    approvals,
    comments,
    compliance,
    drift,
    exceptions,
    expiry,
    housekeeping,
    notices,
    reports,
    secrets,
    workers,
  } = work;
  const tasks: [
    string,
    SchedulerServiceTaskScheduleDefinition,
    () => Promise<void>,
  ][] = [
    [
      'recovery',
      {
        frequency: { seconds: 10 },
        timeout: { minutes: 5 },
        // Whoever sees an abandoned run first sees to it.
        scope: 'local',
      },
      () => workers.recover(),
    ],
    [
      'notices',
      { frequency: { seconds: 5 }, timeout: { minutes: 1 } },
      async () => {
        await notices.tell();
        await comments.tell();
      },
    ],
    [
      'housekeeping',
      { frequency: { minutes: 1 }, timeout: { minutes: 5 } },
      () => housekeeping.work(),
    ],
    [
      'approvals',
      { frequency: { minutes: 1 }, timeout: { minutes: 5 } },
      () => approvals.work(),
    ],
    [
      'expiry',
      { frequency: { minutes: 1 }, timeout: { minutes: 5 } },
      () => expiry.work(),
    ],
    [
      'compliance',
      { frequency: { seconds: 20 }, timeout: { minutes: 5 } },
      () => compliance.look(),
    ],
    [
      'exceptions',
      { frequency: { seconds: 30 }, timeout: { minutes: 5 } },
      () => exceptions.work(),
    ],
    [
      'reports',
      { frequency: { minutes: 1 }, timeout: { minutes: 5 } },
      () => reports.work(),
    ],
    [
      'secrets',
      { frequency: { minutes: 1 }, timeout: { minutes: 10 } },
      () => secrets.work(),
    ],
    [
      'drift',
      { frequency: { minutes: 1 }, timeout: { hours: 2 } },
      () => drift.look(),
    ],
  ];
  for (const [name, schedule, fn] of tasks) {
    await scheduler.scheduleTask({
      id: `infrastructure-${name}`,
      scope: 'global',
      ...schedule,
      fn,
    });
  }
}
