import type { RootConfigService } from '@backstage/backend-plugin-api';
import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type JsonObject } from '@backstage/types';
import path from 'node:path';
import type { EncryptionKey } from './encryption/Cipher';

/** What a group may use; what is not there has no limit. */
export type Allowance = {
  /** US dollars a month. */
  budget?: number;
  /** By unit, then by environment. */
  quotas: Record<string, Record<string, number>>;
};

/** Where secrets go; what is not said fits all. */
export type SinkRule = {
  sink: string;
  environments?: string[];
  offerings?: string[];
  settings: JsonObject;
};

/** What the organisation wants of infrastructure. */
export type InfrastructureSettings = {
  offerings: string;
  prices: string;
  environments: string[];
  productionEnvironments: string[];
  keys: EncryptionKey[];
  /** US dollars a month. */
  approvalThreshold: number;
  approvalExpiryMs: number;
  longestExceptionDays: number;
  /** How long a report on what was handed over is waited for. */
  reportPatienceMs: number;
  leads: string[];
  platformTeam: string;
  budgetOwners: string[];
  allowances: { default: Allowance; groups: Record<string, Allowance> };
  /** The first that fits counts. */
  secretSinks: SinkRule[];
};

const hour = 3_600_000;
const week = 7 * 24 * hour;

/** A list, or one text with commas, as an environment variable holds it. */
function readList(config: Config | undefined, key: string): string[] {
  const value = config?.getOptional(key);
  const items = Array.isArray(value)
    ? value.map(String)
    : String(value ?? '').split(',');
  return items.map(item => item.trim()).filter(Boolean);
}

function readDuration(
  config: Config | undefined,
  key: string,
): number | undefined {
  return config?.has(key)
    ? durationToMilliseconds(readDurationFromConfig(config, { key }))
    : undefined;
}

function readAllowance(config: Config | undefined): Allowance {
  const quotas = config?.getOptionalConfig('quotas');
  return {
    budget: config?.getOptionalNumber('budget'),
    quotas: Object.fromEntries(
      (quotas?.keys() ?? []).map(unit => [
        unit,
        quotas?.getConfig(unit).get<Record<string, number>>() ?? {},
      ]),
    ),
  };
}

function readLongestException(config: Config): number {
  const days = config.getOptionalNumber('exceptions.longestDays') ?? 90;
  if (!Number.isInteger(days) || days < 1) {
    throw new InputError(
      `infrastructure.exceptions.longestDays: ${days} is not a number of days; give a whole one, such as 90`,
    );
  }
  return days;
}

/** Reads `infrastructure` once. */
export function readInfrastructureSettings(
  root: RootConfigService,
): InfrastructureSettings {
  const config = root.getConfig('infrastructure');
  const approvals = config.getOptionalConfig('approvals');
  const allowances = config.getOptionalConfig('allowances');
  const platformTeam =
    approvals?.getOptionalString('platformTeam') ?? 'group:default/platform';
  const budgetOwners = readList(approvals, 'budgetOwners');
  const folder = (key: string, fallback: string) =>
    path.resolve(config.getOptionalString(key) ?? fallback);
  return {
    offerings: folder('offerings', '../../infrastructure/offerings'),
    prices: folder('prices', '../../infrastructure/prices'),
    environments: config.getOptionalStringArray('environments') ?? [
      'development',
      'staging',
      'production',
    ],
    productionEnvironments: config.getOptionalStringArray(
      'productionEnvironments',
    ) ?? ['production'],
    keys: config.getConfigArray('encryption.keys').map(key => ({
      id: key.getString('id'),
      secret: key.getString('secret'),
    })),
    approvalThreshold: approvals?.getOptionalNumber('threshold') ?? 500,
    longestExceptionDays: readLongestException(config),
    approvalExpiryMs: readDuration(approvals, 'expiry') ?? week,
    reportPatienceMs: readDuration(config, 'reportPatience') ?? hour,
    secretSinks: (config.getOptionalConfigArray('secretSinks') ?? []).map(
      rule => ({
        sink: rule.getString('sink'),
        environments: rule.getOptionalStringArray('environments'),
        offerings: rule.getOptionalStringArray('offerings'),
        settings: rule.getOptional<JsonObject>('settings') ?? {},
      }),
    ),
    leads: readList(approvals, 'leads'),
    platformTeam,
    budgetOwners: budgetOwners.length > 0 ? budgetOwners : [platformTeam],
    allowances: {
      default: readAllowance(allowances?.getOptionalConfig('default')),
      groups: Object.fromEntries(
        (allowances?.getOptionalConfigArray('groups') ?? []).map(group => [
          group.getString('group'),
          readAllowance(group),
        ]),
      ),
    },
  };
}
