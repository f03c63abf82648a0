import { LaunchFailure } from '../failure.ts';
import { CookieJar } from './CookieJar.ts';

/**
 * Signs in at the portal as a demo person, through the same OpenID Connect flow
 * a browser takes.
 *
 * @param portal - the portal's address
 * @param person - the name of the user entity
 * @returns a Backstage token of that person, valid for one hour
 * @throws LaunchFailure when the issuer does not know the person or the portal refuses
 */
export async function signIn(portal: string, person: string): Promise<string> {
  const browser = new CookieJar();
  const chooser = await browser.follow(
    `${portal}/api/auth/oidc/start?env=development&flow=popup&origin=${encodeURIComponent(
      portal,
    )}`,
  );
  if (!chooser.url.includes('/interaction/')) {
    throw new LaunchFailure(
      `The portal at ${portal} did not lead to the local identity issuer.`,
      'Tokens can be printed for a development portal only: start it with npm start.',
    );
  }
  const form = await browser.follow(chooser.url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ account: person }).toString(),
  });
  if (form.url.includes('/interaction/')) {
    throw new LaunchFailure(
      `The demo organisation has no person called "${person}".`,
      'The names are those of the catalog’s users, for example: amara, jonas, priya, sofia.',
    );
  }
  const refreshed = await browser.fetch(
    `${portal}/api/auth/oidc/refresh?env=development&optional`,
    { headers: { 'x-requested-with': 'XMLHttpRequest' } },
  );
  const session = (await refreshed.json()) as {
    backstageIdentity?: { token: string };
    error?: { message: string };
  };
  if (!session.backstageIdentity) {
    throw new LaunchFailure(
      `The portal did not sign "${person}" in: ${
        session.error?.message ?? `status ${refreshed.status}`
      }`,
      'The person may not be in the catalog yet; try again in a few seconds.',
    );
  }
  return session.backstageIdentity.token;
}
