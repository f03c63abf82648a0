import { LaunchFailure } from '../failure.ts';

/** `npm test`. */
export async function test(): Promise<void> {
  throw new LaunchFailure('There are no tests yet.', 'Write some.');
}
