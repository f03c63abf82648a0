import type { RootConfigService } from '@backstage/backend-plugin-api';
import { readDurationFromConfig, type Config } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import path from 'node:path';

/** Where Terraform runs, if it is not here. */
export type CloudSettings = {
  /** Without a slash at its end. */
  address: string;
  organization: string;
  /** Id of the project that workspaces are made in. */
  project?: string;
  token: string;
  pollMs: number;
};

/** What `infrastructure.terraform` says; `config.d.ts` describes each key. */
export type TerraformSettings = {
  /** Empty: whichever is found. */
  executable?: string;
  modules: string;
  /** Undefined: nobody said where, and so nothing runs. */
  workFolder?: string;
  cliConfig?: string;
  environment: Record<string, string>;
  infracost: { executable: string; apiKey?: string; pricingApi?: string };
  /** HCP Terraform runs it. */
  cloud?: CloudSettings;
};

const usualPoll = { seconds: 2 };

function readCloud(config: Config): CloudSettings {
  return {
    address: (
      config.getOptionalString('address') ?? 'https://app.terraform.io'
    ).replace(/\/+$/, ''),
    organization: config.getString('organization'),
    project: config.getOptionalString('project'),
    token: config.getString('token'),
    pollMs: durationToMilliseconds(
      config.has('poll')
        ? readDurationFromConfig(config, { key: 'poll' })
        : usualPoll,
    ),
  };
}

/** Reads `infrastructure.terraform`. */
export function readTerraformSettings(
  root: RootConfigService,
): TerraformSettings {
  const config = root.getOptionalConfig('infrastructure.terraform');
  const environment = config?.getOptionalConfig('environment');
  const infracost = config?.getOptionalConfig('infracost');
  const workFolder = config?.getOptionalString('workFolder');
  const cliConfig = config?.getOptionalString('cliConfig');
  const cloud = config?.getOptionalConfig('cloud');
  return {
    executable: config?.getOptionalString('executable'),
    modules: path.resolve(
      config?.getOptionalString('modules') ?? '../../infrastructure/modules',
    ),
    workFolder: workFolder && path.resolve(workFolder),
    cliConfig: cliConfig && path.resolve(cliConfig),
    environment: Object.fromEntries(
      (environment?.keys() ?? []).map(name => [
        name,
        environment!.getString(name),
      ]),
    ),
    infracost: {
      executable: infracost?.getOptionalString('executable') ?? 'infracost',
      apiKey: infracost?.getOptionalString('apiKey'),
      pricingApi: infracost?.getOptionalString('pricingApi'),
    },
    ...(cloud && { cloud: readCloud(cloud) }),
  };
}
