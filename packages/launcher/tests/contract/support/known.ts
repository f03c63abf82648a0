import { callAs } from '../../support/people.ts';

/** Values that exist in the portal, by the place where a request says them. */
export type Known = Record<string, (string | number)[]>;

/** What of the requests to one operation, or to all, is taken from what exists. */
export type KnownOf = { path?: RegExp; values: Known };

async function idsOf(list: string): Promise<string[]> {
  const response = await callAs('platform-engineer', list);
  const { items } = (await response.json()) as { items: { id: string }[] };
  return items.map(({ id }) => id);
}

async function pathIds(
  prefix: string,
  lists: Record<string, string>,
): Promise<KnownOf[]> {
  const found: KnownOf[] = [];
  for (const [collection, query] of Object.entries(lists)) {
    const ids = await idsOf(`${prefix}/${collection}?${query}`);
    if (ids.length) {
      found.push({
        path: new RegExp(`^/${collection}/`),
        values: { 'path.id': ids },
      });
    }
  }
  return found;
}

const day = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * day).toISOString();

const owners = ['group:default/ledger', 'group:default/developer-platform'];
const components = [
  'component:default/image-resizer',
  'component:default/payments-gateway',
];

/** What a request to the delivery API may name. */
export async function knownDeliveries(): Promise<KnownOf[]> {
  const scopes = [
    ...components,
    ...owners,
    'domain:default/payments',
    'system:default/payments-core',
  ];
  return [
    {
      values: {
        'query.entityRef': scopes,
        'query.within': scopes,
        'query.filter': ['kind=component', 'spec.type=service,kind=component'],
        'query.from': [ago(400), ago(60), ago(6).slice(0, 10)],
        'query.to': [ago(5), ago(1).slice(0, 10)],
        'query.timeZone': ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata'],
        'query.environment': ['production', 'staging'],
        'query.source': ['github', 'generic'],
        'path.source': ['github', 'pagerduty', 'generic', 'cdevents'],
        'body.entityRef': [...owners, ...components],
      },
    },
    ...(await pathIds('/api/dora', {
      deployments: 'limit=20',
      incidents: 'limit=20',
      goals: 'limit=20',
      inbox: 'limit=20',
      backfills: 'limit=20',
    })),
  ];
}

/** What a request to the infrastructure API may name. */
export async function knownInfrastructure(): Promise<KnownOf[]> {
  const offerings = ['postgres-database', 's3-bucket', 'rds-instance'];
  const environments = ['development', 'staging', 'production'];
  return [
    {
      values: {
        'path.name': offerings,
        'path.offering': offerings,
        'query.owner': owners,
        'query.component': components,
        'query.offering': offerings,
        'query.environment': environments,
        'body.offering': offerings,
        'body.owner': owners,
        'body.environment': environments,
        'body.component': components,
      },
    },
    ...(await pathIds('/api/infrastructure', {
      requests: 'limit=20',
      resources: 'limit=20',
    })),
  ];
}
