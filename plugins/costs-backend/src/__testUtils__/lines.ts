import type { Line } from '../insights/recommendations/Line';
import type { Books, Managed } from '../insights/recommendations/Rule';

/** A meter of a resource that ran around the clock for three months, where nothing else is said. */
export const line = (given: Partial<Line> = {}): Line => ({
  source: 'aws',
  account: '1',
  resourceId: 'arn:orders',
  resourceName: 'orders',
  resourceType: null,
  service: 'Compute',
  category: 'Compute',
  sku: 'BoxUsage:m7g.large',
  meter: null,
  description: null,
  signal: null,
  unit: 'Hrs',
  isCommitted: false,
  environment: 'production',
  part: 'allocated',
  entityRef: 'component:default/orders',
  component: 'component:default/orders',
  groupRef: 'group:default/ledger',
  currency: 'USD',
  isShown: true,
  through: '2026-04-30',
  lastDay: '2026-04-30',
  cost: [100, 100, 100],
  list: 100,
  quantity: [720, 720, 720],
  days: [30, 30, 30],
  ...given,
});

/** What rules look at: these lines, and resources of the portal. */
export const books = (
  lines: Line[],
  managed: Record<string, Managed> = {},
): Books => ({ lines, managed: new Map(Object.entries(managed)), least: 20 });

/** A resource of the portal that has been as it is for long. */
export const managed = (given: Partial<Managed> = {}): Managed => ({
  id: '5a1f0f5e-1c39-4a53-8f40-9d5f3a7c2b10',
  offering: 'rds-instance',
  state: 'ready',
  changedAt: '2026-01-05T08:00:00.000Z',
  estimate: 100,
  hints: [],
  ...given,
});
