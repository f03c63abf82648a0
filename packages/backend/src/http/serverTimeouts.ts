import type { Server } from 'node:http';
import { readDurationFromConfig, type Config } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';

const defaultsMs = {
  headersTimeout: 15_000,
  // A whole request with its body: an import of millions of lines takes minutes.
  requestTimeout: 30 * 60_000,
  // Longer than the 60 s of common load balancers, so that they close first.
  keepAliveTimeout: 65_000,
} as const;

/** Bounds how long a client may take, from `backend.server` (durations, or milliseconds as numbers). */
export function serverTimeouts(server: Server, config: Config): void {
  for (const [name, standard] of Object.entries(defaultsMs)) {
    const key = `backend.server.${name}`;
    const value = config.getOptional(key);
    const ms =
      value === undefined || typeof value === 'number'
        ? value ?? standard
        : durationToMilliseconds(readDurationFromConfig(config, { key }));
    Object.assign(server, { [name]: ms });
  }
}
