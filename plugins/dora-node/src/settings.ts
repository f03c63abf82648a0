import type { RootConfigService } from '@backstage/backend-plugin-api';

/**
 * The secrets of a source, `dora.sources.<id>.secrets`. Without any, nothing
 * from the source is believed.
 *
 * @throws Error when one of them is empty
 */
export function readSecrets(
  config: RootConfigService,
  source: string,
): string[] {
  return config.getOptionalStringArray(`dora.sources.${source}.secrets`) ?? [];
}
