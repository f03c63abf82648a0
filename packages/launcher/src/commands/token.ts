import { LaunchFailure } from '../failure.ts';
import { signIn } from '../identity/signIn.ts';
import { portalUrl } from '../portal/environment.ts';

/** `npm run token -- <person>`: prints an API token for a demo person of the running portal. */
export async function token([person]: string[]): Promise<void> {
  if (!person) {
    throw new LaunchFailure(
      'Say for whom: npm run token -- <person>',
      'For example: curl -H "authorization: Bearer $(npm run -s token -- amara)" http://localhost:7007/api/catalog/entities/by-query?limit=1',
    );
  }
  try {
    await fetch(`${portalUrl}/.backstage/health/v1/liveness`);
  } catch {
    throw new LaunchFailure(
      `No portal answers at ${portalUrl}.`,
      'Start it first: npm start',
    );
  }
  process.stdout.write(`${await signIn(portalUrl, person)}\n`);
}
