import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { readDurationFromConfig } from '@backstage/config';
import type { Definitions, MetricId } from '@waymark/plugin-dora-common';
import { durationToMilliseconds } from '@backstage/types';
import type { Targets } from './metrics/bands';
import { requireTimeZone, type WeekStart } from './metrics/period';

/** Deliveries of a source that come in by Backstage's events service. */
export type EventSubscription = {
  source: string;
  /** Without them those that the source knows. */
  topics?: string[];
};

/** How the organisation measures, where a caller does not say otherwise. */
export type DoraSettings = {
  organisation: string;
  environments: Record<string, string[]>;
  defaults: Omit<
    Definitions,
    'environment' | 'baselineDays' | 'incidentWindowHours' | 'weekStart'
  > & { weekStart: WeekStart };
  targets: Targets;
  baselineMs: number;
  incidentWindowMs: number;
  /** Whether groups hear on Monday what they delivered, and from which hour on. */
  digest: { enabled: boolean; hour: number };
  /** How long deliveries are kept that were understood. */
  inboxKeepMs: number;
  events: EventSubscription[];
};

const day = 86_400_000;
const hour = 3_600_000;

/** Elite, as the DORA reports have put it since 2023: several a day, within an hour, under 5 %. */
const defaultTargets: Targets = {
  deploymentFrequency: 1,
  changeLeadTime: 3600,
  changeFailRate: 0.05,
  failedDeploymentRecoveryTime: 3600,
  deploymentReworkRate: 0.05,
};

function oneOf<T extends string>(
  config: RootConfigService,
  key: string,
  values: readonly T[],
): T {
  const value = config.getOptionalString(key) ?? values[0];
  const found = values.find(candidate => candidate === value);
  if (!found) {
    throw new InputError(
      `${key} is "${value}"; it must be one of ${values.join(', ')}`,
    );
  }
  return found;
}

function duration(config: RootConfigService, key: string, fallback: number) {
  return config.has(key)
    ? durationToMilliseconds(readDurationFromConfig(config, { key }))
    : fallback;
}

function hourOfDay(config: RootConfigService, key: string, fallback: number) {
  const value = config.getOptionalNumber(key) ?? fallback;
  if (!Number.isInteger(value) || value < 0 || value > 23) {
    throw new InputError(
      `${key} is ${value}; it must be an hour of the day, from 0 to 23`,
    );
  }
  return value;
}

function atLeast(key: string, value: number, least: number): number {
  if (value >= least) return value;
  throw new InputError(
    `${key} is ${value / day} days; it must be ${least / day} at least`,
  );
}

/** Reads `dora` once. */
export function readDoraSettings(config: RootConfigService): DoraSettings {
  const aliases = config.getOptionalConfig('dora.environments');
  const targets = config.getOptionalConfig('dora.targets');
  return {
    organisation:
      config.getOptionalString('organization.name') ?? 'Organisation',
    environments: aliases
      ? Object.fromEntries(
          aliases.keys().map(name => [name, aliases.getStringArray(name)]),
        )
      : { production: ['prod', 'prd', 'live'], staging: ['stage', 'stg'] },
    defaults: {
      timeZone: requireTimeZone(
        config.getOptionalString('dora.timeZone') ?? 'UTC',
      ),
      weekStart: oneOf(config, 'dora.weekStart', [
        'monday',
        'sunday',
        'saturday',
      ]),
      leadTimeClock: oneOf(config, 'dora.leadTimeClock', [
        'firstCommit',
        'opened',
        'merged',
      ]),
      recoveryClock: oneOf(config, 'dora.recoveryClock', [
        'deployment',
        'incident',
      ]),
      failedAttempts: oneOf(config, 'dora.failedAttempts', ['count', 'ignore']),
      bands: oneOf(config, 'dora.bands', ['2023', '2021', '2025', 'targets']),
      minimumSample: config.getOptionalNumber('dora.minimumSample') ?? 5,
    },
    targets: Object.fromEntries(
      Object.entries(defaultTargets).map(([metric, fallback]) => [
        metric,
        targets?.getOptionalNumber(metric) ?? fallback,
      ]),
    ) as Record<MetricId, number>,
    baselineMs: duration(config, 'dora.attribution.baseline', 7 * day),
    incidentWindowMs: duration(
      config,
      'dora.attribution.incidentWindow',
      24 * hour,
    ),
    digest: {
      enabled: config.getOptionalBoolean('dora.digest.enabled') ?? true,
      hour: hourOfDay(config, 'dora.digest.hour', 8),
    },
    inboxKeepMs: atLeast(
      'dora.inbox.keep',
      duration(config, 'dora.inbox.keep', 90 * day),
      day,
    ),
    events: (config.getOptionalConfigArray('dora.events') ?? []).map(entry => ({
      source: entry.getString('source'),
      topics: entry.getOptionalStringArray('topics'),
    })),
  };
}
