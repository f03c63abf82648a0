import type { RootConfigService } from '@backstage/backend-plugin-api';
import path from 'node:path';

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
};

/** Reads `infrastructure.terraform`. */
export function readTerraformSettings(
  root: RootConfigService,
): TerraformSettings {
  const config = root.getOptionalConfig('infrastructure.terraform');
  const environment = config?.getOptionalConfig('environment');
  const infracost = config?.getOptionalConfig('infracost');
  const workFolder = config?.getOptionalString('workFolder');
  const cliConfig = config?.getOptionalString('cliConfig');
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
  };
}
