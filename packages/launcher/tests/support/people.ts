import { signIn } from '../../src/identity/signIn.ts';
import { portalUrl } from '../../src/portal/environment.ts';
import { loadSecrets } from '../../src/secrets.ts';

/** Everybody who may call the portal, as the tests name them. */
export const callers = [
  'anonymous',
  'viewer',
  'developer',
  'team-lead',
  'platform-engineer',
  'service',
] as const;

export type Caller = (typeof callers)[number];

/** The demo person who plays each role. */
const people: Partial<Record<Caller, string>> = {
  viewer: 'sofia',
  developer: 'amara',
  'team-lead': 'jonas',
  'platform-engineer': 'priya',
};

const tokens = new Map<Caller, Promise<string | undefined>>();

async function obtainToken(caller: Caller): Promise<string | undefined> {
  const person = people[caller];
  if (person) return signIn(portalUrl, person);
  return caller === 'service' ? (await loadSecrets()).serviceToken : undefined;
}

/** Calls the portal as somebody; signs in once per process. */
export async function callAs(
  caller: Caller,
  path: string,
  init: RequestInit & { json?: unknown } = {},
): Promise<Response> {
  if (!tokens.has(caller)) tokens.set(caller, obtainToken(caller));
  const token = await tokens.get(caller);
  const { json, ...rest } = init;
  return fetch(`${portalUrl}${path}`, {
    redirect: 'manual',
    ...rest,
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...rest.headers,
    },
  });
}
