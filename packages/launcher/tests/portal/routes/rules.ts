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

/** Everybody who leads a team, and platform engineers. */
const leads = row(403, 403, 'in', 'in');

/** Owners of the thing; asked about one that nobody owns. */
const owners = row(403, 403, 403, 'in');

/** Platform engineers. */
const platform = row(403, 403, 403, 'in');

/** Refused to whoever asks. */
const nobody: Row = { ...row(403, 403, 403, 403), anonymous: 403 };

/** Runs, by credentials of their own; whoever else asks is a stranger. */
const runs: Row = { ...row(401, 401, 401, 401, 401), anonymous: 401 };

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

  // A browser that has signed in posts its token once, for a cookie that opens the app
  [/^POST \/(api\/app\/)?\*$/, open],

  // Health and public keys
  [/^GET \/\.backstage\/health\/v1\/(liveness|readiness)$/, open],
  [/^GET \/api\/(permission|signals)\/health$/, open],
  [/^GET .*\/\.backstage\/auth\/v1\/jwks\.json$/, open],
  [
    /^GET \/api\/auth\/\.well-known\/(jwks\.json|openid-configuration|oauth-client\/cli\.json)$/,
    open,
  ],

  // Sign-in, and the cookie that lets a signed-in browser load static docs
  [
    /^(GET|POST) \/api\/auth\/oidc\/(start|refresh|logout|handler\/frame)$/,
    open,
  ],
  [/^GET \/api\/auth\/v1\/userinfo$/, people],
  [
    /^DELETE (\/api\/(app|auth|signals))?\/\.backstage\/auth\/v1\/cookie$/,
    open,
  ],
  [/^DELETE \/api\/catalog\/\.backstage\/auth\/v1\/cookie$/, readers],
  [/\/\.backstage\/auth\/v1\/cookie$/, people],

  // What each plugin says of itself
  [
    /^GET \/api\/auth\/\.well-known\/backstage\/permissions\/metadata$/,
    readers,
  ],
  // The demo's service account is let in at the catalog's door; permissions hold it behind.
  [
    /^POST \/api\/catalog\/\.well-known\/backstage\/permissions\/apply-conditions$/,
    { ...plugins, service: 'in' },
  ],
  [
    /^(GET|POST|DELETE) \/api\/catalog\/(openapi\.json|\.well-known\/backstage|\.backstage\/actions)/,
    readers,
  ],
  [/^GET .*\/\.well-known\/backstage\/permissions\/metadata$/, people],
  [
    /^POST .*\/\.well-known\/backstage\/permissions\/apply-conditions$/,
    plugins,
  ],
  [/^GET \/api\/[a-z-]+\/openapi\.json$/, people],

  // Background tasks
  [/\/\.backstage\/scheduler\/v1\/tasks/, platform],

  // Actions for programs; each asks for its own permission when it runs
  [/\/\.backstage\/actions\/v[12]\/actions/, people],
  [/^(GET|POST|DELETE) \/api\/mcp-actions\/v1$/, people],

  // Catalog
  [/^GET \/api\/catalog\/processing-errors$/, builders],
  [/^GET \/api\/catalog\/entities\/unprocessed\/(failed|pending)$/, builders],
  [
    /^DELETE \/api\/catalog\/entities\/unprocessed\/delete\/:entity_id$/,
    platform,
  ],
  [/^DELETE \/api\/catalog\/entities\/by-uid\/:uid$/, owners],
  [/^(GET|POST) \/api\/catalog\/entit(ies|y-facets)/, readers],
  [/^POST \/api\/catalog\/refresh$/, owners],
  [
    /^POST \/api\/catalog\/(validate-entity|analyze-location|locations)$/,
    builders,
  ],
  [/^(PUT|DELETE) \/api\/catalog\/locations\/:id$/, builders],
  // Who may not read locations gets an empty list, or hears that there is none.
  [/^(GET|POST) \/api\/catalog\/locations/, readers],

  // Golden paths
  [/^GET \/api\/scaffolder\/v2\/(actions|templating-extensions)$/, people],
  [/^GET \/api\/scaffolder\/v2\/templates\//, people],
  [/^(GET|POST) \/api\/scaffolder\/v2\/tasks$/, builders],
  // A task that is not one's own does not exist.
  [/\/api\/scaffolder\/v2\/tasks\/:taskId/, people],
  [/^POST \/api\/scaffolder\/v2\/dry-run$/, platform],
  [/^POST \/api\/scaffolder\/v2\/autocomplete\//, people],
  [/^GET \/api\/golden-paths\/names\/:name$/, builders],
  [/^POST \/api\/golden-paths\/previews$/, builders],
  // Of a component that nobody owns; of an upgrade that does not exist.
  [
    /^POST \/api\/golden-paths\/(upgrades|exceptions|adoptions|adoptions\/preview)$/,
    owners,
  ],
  [/^POST \/api\/golden-paths\/upgrades\/:id\/merge$/, builders],
  [/^POST \/api\/golden-paths\/campaigns/, platform],
  [/^POST \/api\/golden-paths\/exceptions\/:id\/decision$/, platform],
  [/^POST \/api\/golden-paths\/exceptions\/:id\/end$/, builders],
  [/^GET \/api\/golden-paths\/fleet\/.*\/drift$/, owners],
  [
    /^GET \/api\/golden-paths\/(templates|fleet|upgrades|campaigns|exceptions)/,
    people,
  ],

  // Infrastructure. Who owns a resource, and who may approve, is the service's to say.
  [/^[A-Z]+ \/api\/infrastructure\/state\/:resource$/, runs],
  [/^POST \/api\/infrastructure\/reports\/:engine\/:sender$/, open],
  [/^(GET|PUT|DELETE) \/api\/infrastructure\/drafts\//, builders],
  [/^POST \/api\/infrastructure\/requests$/, owners],
  [/^POST \/api\/infrastructure\/requests\/:id\/(cancel|retry)$/, builders],
  [/^POST \/api\/infrastructure\/requests\/:id\/approvals$/, leads],
  [/^POST \/api\/infrastructure\/resources\/:id\/secrets\//, builders],
  [/^GET \/api\/infrastructure\/(audit|orphans|replays)/, platform],
  [/^POST \/api\/infrastructure\/exceptions$/, builders],
  [/^POST \/api\/infrastructure\/exceptions\/:id\/decision$/, platform],
  [/^POST \/api\/infrastructure\/exceptions\/:id\/end$/, builders],
  [/^POST \/api\/infrastructure\/delegations/, leads],
  [/^(GET|POST) \/api\/infrastructure\//, people],

  // Delivery. A delivery of an outside system proves its sender by its signature.
  [/^POST \/api\/costs\/imports(\/:id\/(cancel|withdraw))?$/, platform],
  [/^(PUT|POST) \/api\/costs\/rules/, platform],
  [/^(PUT|POST|DELETE) \/api\/costs\/exchange-rates/, platform],
  [/^PUT \/api\/costs\/signals$/, platform],
  // Of one that does not exist.
  [/^PUT \/api\/costs\/(anomalies|recommendations)\/:id\/verdict$/, builders],
  // For what is nobody's; of a budget that does not exist.
  [/^PUT \/api\/costs\/units\/:unit\/values$/, owners],
  [/^PUT \/api\/costs\/budgets\/:id$/, owners],
  [/^DELETE \/api\/costs\/budgets\/:id$/, leads],
  [/^GET \/api\/costs\/(imports|bills|rules|reallocations|unallocated)/, leads],
  [/^GET \/api\/costs\//, people],

  [/^POST \/api\/dora\/webhooks\/:source$/, open],
  [/^POST \/api\/dora\/import$/, platform],
  [/^POST \/api\/dora\/history(\/log)?$/, owners],
  [/^(GET|POST) \/api\/dora\/(backfills|inbox|unmatched)/, platform],
  [/^PUT \/api\/dora\/(deployments|incidents)\/:id\/correction$/, builders],
  // Of a group that is nobody's; of a goal that does not exist.
  [/^POST \/api\/dora\/goals$/, owners],
  [/^(PATCH|DELETE) \/api\/dora\/goals\/:id$/, leads],
  [/^GET \/api\/dora\//, people],

  // Docs and search show what the catalog lets one see
  [/^GET \/api\/techdocs\/(metadata|sync)\//, people],
  [/^GET \/api\/search\/query$/, people],

  // Local repositories: cloned by anybody on a development machine, pushed to by nobody
  [/^GET \/api\/repositories(\/:name.*)?$/, people],
  [/^POST \/api\/repositories\/git\/:name\.git\/git-receive-pack$/, nobody],
  // The address a person may open by mistake sends them to the repository's page.
  [/^GET \/api\/repositories\/git\/:name\.git$/, { ...open, service: 403 }],
  [/^(GET|POST) \/api\/repositories\/git\/:name\.git\//, open],

  // What concerns one person alone
  [/^(GET|PUT|DELETE) \/api\/user-settings\/buckets\//, people],
  [/^POST \/api\/user-settings\/multiget$/, people],
  [/^POST \/api\/notifications(\/notifications)?$/, plugins],
  [/\/api\/notifications/, people],

  // Between the portal's own parts
  [/^(GET|POST|PUT) \/api\/events\/bus\/v1\//, plugins],
  [/^POST \/api\/permission\/authorize$/, people],
];

/** The rule of a route: the first whose pattern fits. */
export function ruleFor(route: string): [RegExp, Row] | undefined {
  return rules.find(([pattern]) => pattern.test(route));
}
