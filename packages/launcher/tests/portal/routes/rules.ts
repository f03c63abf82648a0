import type { Caller } from '../../support/people.ts';

/**
 * What a caller meets at a route:
 * - `in`: neither 401 nor 403; what is asked may still not exist
 * - `401`: not signed in, or a token that is not meant for this plugin
 * - `403`: known, but not allowed
 */
export type Outcome = 'in' | 401 | 403;

type Row = Record<Caller, Outcome>;

const row = (
  viewer: Outcome,
  developer: Outcome,
  teamLead: Outcome,
  platformEngineer: Outcome,
  service: Outcome = 403,
): Row => ({
  anonymous: 401,
  viewer,
  developer,
  'team-lead': teamLead,
  'platform-engineer': platformEngineer,
  service,
});

/** Health, sign-in, the frontend itself, and the public keys tokens are verified with. */
const open: Row = { ...row('in', 'in', 'in', 'in', 'in'), anonymous: 'in' };

/** Everybody who signed in. */
const people = row('in', 'in', 'in', 'in');

/** Everybody who signed in, and the demo's service account, which may read the catalog. */
const readers = row('in', 'in', 'in', 'in', 'in');

/** Everybody who builds. */
const builders = row(403, 'in', 'in', 'in');

/** Owners of the thing; asked about one that nobody owns. */
const owners = row(403, 403, 403, 'in');

/** Platform engineers. */
const platform = row(403, 403, 403, 'in');

/** Other parts of the portal: no person, and no outside service. */
const plugins = row(403, 403, 403, 403);

/**
 * Every route of the portal, and who gets in. The first pattern that fits a
 * route is its rule; a route that fits none fails the test, as does a pattern
 * that fits no route.
 */
export const rules: [RegExp, Row][] = [
  // The frontend and its assets
  [/^GET \/(api\/app\/)?\*$/, open],

  // Health and public keys
  [/^GET \/\.backstage\/health\/v1\/(liveness|readiness)$/, open],
  [/^GET \/api\/(permission|signals)\/health$/, open],
  [/\.backstage\/auth\/v1\/jwks\.json$/, open],
  [
    /^GET \/api\/auth\/\.well-known\/(jwks\.json|openid-configuration|oauth-client\/cli\.json)$/,
    open,
  ],

  // Sign-in
  [
    /^(GET|POST) \/api\/auth\/oidc\/(start|refresh|logout|handler\/frame)$/,
    open,
  ],
  [/^GET \/api\/auth\/v1\/userinfo$/, people],
  [/^DELETE .*\/\.backstage\/auth\/v1\/cookie$/, open],
];
