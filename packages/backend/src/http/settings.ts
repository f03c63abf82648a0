import type { Config } from '@backstage/config';
import { readList } from '../settings/readList';

/** How one limit counts: requests per minute and replica. */
export type RequestsPerMinute = number;

/** What `waymark.http` and its neighbours say, read once. */
export type HttpSettings = {
  /** Where people reach the portal. */
  baseUrl: string;
  bodyLimit: {
    /** Bytes of an ordinary request body. */
    bytes: number;
    /** Paths that take more, and read their bodies as a stream. */
    exceptions: { prefix: string; bytes: number }[];
  };
  rateLimit: {
    enabled: boolean;
    /** For one token, or one address where there is no token. */
    api: RequestsPerMinute;
    /** For one address, on everything below /api/auth. */
    auth: RequestsPerMinute;
    /** For one address, on what takes signed deliveries: these come by the hundreds. */
    deliveries: RequestsPerMinute;
    /** For one address: answers 401 after which it has to wait. */
    refused: RequestsPerMinute;
  };
  /** The largest page a list may be asked for. */
  pageSize: number;
  mcp: {
    /** Origins besides the portal's own from which a browser may use MCP. */
    allowedOrigins: string[];
  };
};

/** What the portal's own plugins take as streams; each bounds what it keeps in memory. */
const streamedPaths = [
  // GitHub sends at most 25 MB.
  { prefix: '/api/dora/webhooks/', bytes: 25 * 1024 * 1024 },
  { prefix: '/api/dora/import', bytes: 64 * 1024 ** 3 },
  { prefix: '/api/dora/history/log', bytes: 1024 ** 3 },
  { prefix: '/api/costs/imports', bytes: 64 * 1024 ** 3 },
  // Terraform's states are read byte for byte, as their checksum wants it.
  { prefix: '/api/infrastructure/state/', bytes: 32 * 1024 * 1024 },
  { prefix: '/api/infrastructure/reports/', bytes: 1024 * 1024 },
];

/** Reads the settings of the root router, with the defaults that suit production. */
export function readHttpSettings(config: Config): HttpSettings {
  const http = config.getOptionalConfig('waymark.http');
  return {
    baseUrl: config.getString('backend.baseUrl'),
    bodyLimit: {
      bytes: http?.getOptionalNumber('bodyLimit') ?? 1024 * 1024,
      exceptions: [
        ...(http?.getOptionalConfigArray('bodyLimitExceptions') ?? []).map(
          exception => ({
            prefix: exception.getString('prefix').toLocaleLowerCase('en-US'),
            bytes: exception.getNumber('limit'),
          }),
        ),
        ...streamedPaths,
      ],
    },
    rateLimit: {
      enabled: http?.getOptionalBoolean('rateLimit.enabled') ?? true,
      api: http?.getOptionalNumber('rateLimit.api') ?? 600,
      auth: http?.getOptionalNumber('rateLimit.auth') ?? 120,
      deliveries: http?.getOptionalNumber('rateLimit.deliveries') ?? 60_000,
      refused: http?.getOptionalNumber('rateLimit.refused') ?? 120,
    },
    pageSize: http?.getOptionalNumber('pageSize') ?? 1000,
    mcp: {
      allowedOrigins: readList(config, 'waymark.mcp.allowedOrigins'),
    },
  };
}
