import { LaunchFailure } from '../failure.ts';

/** How far something has come, from 0 to 1. */
export type OnProgress = (share: number) => void;

/** @throws LaunchFailure with what the portal said, when it refuses */
export async function requireOk(
  response: Response,
  what: string,
): Promise<Response> {
  if (response.ok) return response;
  throw new LaunchFailure(
    `${what} was answered ${response.status}: ${(await response.text()).slice(
      0,
      300,
    )}`,
    'Read .waymark/logs/portal.log for the reason; the next npm start goes on with it.',
  );
}
