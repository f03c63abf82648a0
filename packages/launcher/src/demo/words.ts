import type { Random } from './random.ts';

const verbs = [
  'Add',
  'Rename',
  'Cache',
  'Log',
  'Validate',
  'Speed up',
  'Simplify',
  'Test',
  'Retry',
  'Document',
  'Translate',
  'Measure',
  'Fix',
  'Remove',
];

/** What each team works on. */
const subjects: Record<string, string[]> = {
  ledger: [
    'partial captures',
    'the idempotency key of refunds',
    'chargeback reasons',
    'the daily close',
    'bank holidays of Portugal',
    'rounding of split payouts',
    'the audit trail of manual bookings',
  ],
  checkout: [
    'the basket of signed-out people',
    'delivery slots',
    'the VAT number field',
    'vouchers with a minimum value',
    'the address form on small screens',
    'stock reservations',
    'invoice footers',
  ],
  storefront: [
    'the product gallery',
    'image sizes above the fold',
    'the wish list',
    'breadcrumbs',
    'the cookie notice',
    'prices of bundles',
    'the empty search page',
  ],
  discovery: [
    'synonyms for garden tools',
    'typing errors in Dutch',
    'the colour facet',
    'the shard layout',
    'related items of sold-out products',
    'thumbnails in AVIF',
    'the nightly rebuild',
  ],
  fulfilment: [
    'orders with several parcels',
    'the state machine of returns',
    'stock counts of the Lodz warehouse',
    'label printing',
    'pick lists',
    'late carrier scans',
    'the migration of old orders',
  ],
  'developer-platform': [
    'percentage rollouts',
    'the flag history',
    'stale flags',
    'targeting by market',
    'the evaluation cache',
  ],
  'data-intelligence': [
    'the fraud feature window',
    'late events',
    'the weekly retraining',
    'seasonal demand',
    'schema checks of the lake',
    'score explanations',
  ],
};

const symptoms = [
  'Error rate above 5 %',
  'p99 latency above 2 s',
  'Messages pile up in the queue',
  'Health check failing in one zone',
  'Wrong totals reported by customers',
  'Memory grows until restart',
];

const outside = [
  'Cloud provider lost a zone',
  'Certificate authority unreachable',
  'Carrier API down',
  'Card scheme answers slowly',
];

const stormy = [
  'Search cluster lost a shard',
  'Search cluster red after node restart',
  'Index replication lags by 40 minutes',
  'Search timeouts under evening load',
];

/** The title of a pull request. */
export function changeTitle(random: Random, team: string): string {
  const dependency = random.happens(0.08);
  return dependency
    ? `Update dependencies of week ${random.whole(1, 52)}`
    : `${random.pick(verbs)} ${random.pick(subjects[team] ?? ['the service'])}`;
}

/** What the page on call says. */
export function symptom(random: Random): string {
  return random.pick(symptoms);
}

/** What goes wrong without anybody at the organisation having done it. */
export function outsideTrouble(random: Random): string {
  return random.pick(outside);
}

/** What goes wrong while a search cluster is moved. */
export function stormTrouble(random: Random): string {
  return random.pick(stormy);
}

/** A title as part of a branch's name. */
export function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
}
