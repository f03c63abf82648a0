import type { RootConfigService } from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';

/** How long the database may take, in milliseconds, and how much of it a plugin may use. */
export type DatabaseSettings = {
  /** Until a new connection stands. */
  connectMs: number;
  /** Until the server itself cuts a statement. */
  statementMs: number;
  /** Until the client gives a statement up, which ends the wait for a server that hangs. */
  queryMs: number;
  /** Until a request that found the pool empty is turned away. */
  acquireMs: number;
  /** Until a single statement of a migration is given up. */
  migrationMs: number;
  /** Connections of one plugin in one replica, at most. */
  poolSize: number;
};

/** Reads `waymark.database`. */
export function readDatabaseSettings(
  config: RootConfigService,
): DatabaseSettings {
  const own = config.getOptionalConfig('waymark.database');
  const milliseconds = (key: string, otherwise: HumanDuration) =>
    durationToMilliseconds(
      own?.has(key) ? readDurationFromConfig(own, { key }) : otherwise,
    );
  return {
    connectMs: milliseconds('connectTimeout', { seconds: 5 }),
    statementMs: milliseconds('statementTimeout', { seconds: 20 }),
    queryMs: milliseconds('queryTimeout', { seconds: 25 }),
    acquireMs: milliseconds('acquireTimeout', { seconds: 10 }),
    migrationMs: milliseconds('migrationTimeout', { minutes: 15 }),
    poolSize: own?.getOptionalNumber('poolSize') ?? 5,
  };
}
