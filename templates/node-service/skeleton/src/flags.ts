import { FlagdProvider } from '@openfeature/flagd-provider';
import { OpenFeature } from '@openfeature/server-sdk';
import type { FastifyBaseLogger } from 'fastify';

/**
 * Every flag, with what holds while nobody says otherwise. A kill switch is on
 * by default: a lost file must not turn anything off.
 */
export const flags = {
  /** Whether entries may be created. Off, callers get 503 and come back later. */
  'accept-entries': true,
} as const satisfies Record<string, boolean>;

export type Flag = keyof typeof flags;

/**
 * Follows a file in the format of flagd from now on, whatever it says later. One
 * that is broken at the start leaves the defaults until the next start.
 */
export async function followFlags(
  file: string,
  logger: FastifyBaseLogger,
): Promise<void> {
  // Its own would write lines that are no JSON.
  OpenFeature.setLogger(logger);
  const provider = new FlagdProvider({
    resolverType: 'in-process',
    offlineFlagSourcePath: file,
  });
  try {
    await OpenFeature.setProviderAndWait(provider);
  } catch (err) {
    logger.error(
      { err, file },
      'the flags cannot be read: their defaults hold',
    );
  }
}

/** Whether a flag is on for a caller. Its default, when it cannot be told. */
export function isOn(flag: Flag, caller: string): Promise<boolean> {
  return OpenFeature.getClient().getBooleanValue(flag, flags[flag], {
    targetingKey: caller,
  });
}
