import type { Definitions } from '@waymark/plugin-dora-common';
import type { Switches } from './Measurer';

/** What a measurement depends on, as definitions have it. */
export function switchesOf(
  definitions: Pick<
    Definitions,
    | 'leadTimeClock'
    | 'recoveryClock'
    | 'failedAttempts'
    | 'minimumSample'
    | 'timeZone'
  >,
): Switches {
  return {
    clock: definitions.leadTimeClock,
    countFailedAttempts: definitions.failedAttempts === 'count',
    minimumSample: definitions.minimumSample,
    recoverySince: definitions.recoveryClock,
    timeZone: definitions.timeZone,
  };
}
