import { setTimeout as delay } from 'node:timers/promises';
import { LaunchFailure } from '../failure.ts';
import type { Person } from '../people/people.ts';
import type { Secrets } from '../secrets.ts';
import { portalUrl } from './environment.ts';

async function knows(person: Person, token: string): Promise<boolean> {
  const response = await fetch(
    `${portalUrl}/api/catalog/entities/by-name/user/default/${person.name}`,
    { headers: { authorization: `Bearer ${token}` } },
  ).catch(() => undefined);
  await response?.body?.cancel();
  return response?.status === 200;
}

/**
 * Waits until the catalog has read the demo people: nobody whom it does not
 * know can sign in, so until then the portal is ready for machines only.
 */
export async function waitForPeople(
  people: Person[],
  secrets: Secrets,
): Promise<void> {
  const deadline = Date.now() + 120_000;
  for (const person of people) {
    while (!(await knows(person, secrets.serviceToken))) {
      if (Date.now() > deadline) {
        throw new LaunchFailure(
          `The catalog did not read ${person.name} within two minutes.`,
          'Read .waymark/logs/portal.log for what its files lack.',
        );
      }
      await delay(100);
    }
  }
}
