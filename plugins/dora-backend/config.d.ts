import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** How deliveries are measured, where a caller does not say otherwise. */
  dora?: {
    /**
     * By the name of an environment, what else means the same. Letter case
     * does not matter. Without it: production is also prod, prd and live;
     * staging is also stage and stg.
     */
    environments?: { [name: string]: string[] };
    /** The IANA time zone in which days and weeks begin; UTC when absent. */
    timeZone?: string;
    /** @default monday */
    weekStart?: 'monday' | 'sunday' | 'saturday';
    /** Where the clock of lead time starts. @default firstCommit */
    leadTimeClock?: 'firstCommit' | 'opened' | 'merged';
    /** Where the clock of recovery time starts. @default deployment */
    recoveryClock?: 'deployment' | 'incident';
    /** Whether deployments that ended in failure count as failed deployments. @default count */
    failedAttempts?: 'count' | 'ignore';
    /** By whose bands values are judged. @default 2023 */
    bands?: 'targets' | '2021' | '2023' | '2025';
    /** Fewer rows than this are insufficient data. @default 5 */
    minimumSample?: number;
    /** What the organisation wants: seconds, deployments a day, shares from 0 to 1. */
    targets?: {
      deploymentFrequency?: number;
      changeLeadTime?: number;
      changeFailRate?: number;
      failedDeploymentRecoveryTime?: number;
      deploymentReworkRate?: number;
    };
    /** What groups hear on Monday of their delivery in the week before, as a notification. */
    digest?: {
      /** @default true */
      enabled?: boolean;
      /** From which hour of Monday on it is sent, in the time zone of `dora.timeZone`. @default 8 */
      hour?: number;
    };
    /**
     * Deliveries that come in by Backstage's events service, because they were
     * sent to its own ingress at `/api/events/http/…`.
     */
    events?: Array<{
      /** A source of deliveries, such as `github`. */
      source: string;
      /** Its topics. `github` and `gitlab` know theirs. */
      topics?: string[];
    }>;
    inbox?: {
      /**
       * How long deliveries are kept that were applied or ignored, at least a
       * day. Those that wait for somebody are kept until they are applied.
       * @default { days: 90 }
       */
      keep?: HumanDuration | string;
    };
    attribution?: {
      /** How long before the first known deployment a change may have been merged and still count. @default { days: 7 } */
      baseline?: HumanDuration | string;
      /** How long after a deployment an incident is put down to it at most, with nothing else to go by. @default { hours: 24 } */
      incidentWindow?: HumanDuration | string;
    };
  };
}
