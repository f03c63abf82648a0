import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import path from 'node:path';

/** Where rules are asked over HTTP. */
export type ServerSettings = { url: URL; token?: string; timeoutMs: number };

/** What `infrastructure.policy` says; `config.d.ts` describes each key. */
export type PolicySettings =
  | { kind: 'inProcess'; folder: string }
  | ({ kind: 'server' } & ServerSettings);

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new InputError(
      `infrastructure.policy.opa.url: "${text}" is not an address; give one such as https://opa.example.com`,
    );
  }
  return url;
}

/**
 * Reads `infrastructure.policy`.
 *
 * @throws InputError when both ways are configured, or an address is none
 */
export function readPolicySettings(root: RootConfigService): PolicySettings {
  const config = root.getOptionalConfig('infrastructure.policy');
  const folder = config?.getOptionalString('compiled');
  const server = config?.getOptionalConfig('opa');
  if (!server) {
    return {
      kind: 'inProcess',
      folder: folder
        ? path.resolve(folder)
        : resolvePackagePath(
            '@waymark/plugin-infrastructure-backend-module-opa',
            'compiled',
          ),
    };
  }
  if (folder) {
    throw new InputError(
      'infrastructure.policy has both compiled and opa; keep the one that is to judge',
    );
  }
  return {
    kind: 'server',
    url: readUrl(server.getString('url')),
    token: server.getOptionalString('token'),
    timeoutMs: server.has('timeout')
      ? durationToMilliseconds(
          readDurationFromConfig(server, { key: 'timeout' }),
        )
      : 2_000,
  };
}
