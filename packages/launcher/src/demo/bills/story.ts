import { day, dayAt } from '../calendar.ts';
import type { Item, Provider } from './estate.ts';
import type { Meter } from './meters.ts';
import { dayOfMonth, type Month } from './months.ts';

/**
 * What happened at Larkspur in the thirteen months that its bills tell of, by
 * the number of the month (the last is 12). The tutorial tells it in words.
 */
const happened = {
  /** Somebody tried something under load, and went on holiday. */
  clusterForgotten: { month: 7, day: 12 },
  /** Larkspur's databases are old enough to cost extended support. */
  databasesDearer: { month: 9, factor: 1.18 },
  /** The app in which people browse by photograph. */
  launch: { month: 10, day: 15 },
  /** The campaign is over, and its counter is still open. */
  campaignOver: { month: 10, day: 3 },
  /** A job read the lake from another region for three days. */
  transferSpike: { month: 11, firstDay: 9, lastDay: 11 },
} as const;

const isSince = (
  month: Month,
  date: number,
  event: { month: number; day: number },
) =>
  month.index > event.month ||
  (month.index === event.month && dayOfMonth(date) >= event.day);

/** What people use more of after the launch. */
const launched = new Map([
  ['storefront-web', 2.1],
  ['storefront-bff', 2.3],
  ['search-service', 2.6],
  ['product-search-index', 1.7],
  ['image-resizer', 4],
  ['product-images', 1.9],
]);

function launchFactor(item: Item, month: Month, date: number): number {
  const most = launched.get(item.name);
  if (!most || !isSince(month, date, happened.launch)) return 1;
  // The first two weeks are the loudest; half of what came stays.
  const first = month.index === happened.launch.month;
  return first ? most : 1 + (most - 1) * 0.5;
}

/** How busy customers are: more before Christmas, less in summer. */
function season(date: number): number {
  const name = new Date(date).toISOString().slice(5, 10);
  if (name >= '11-20' && name <= '12-23') return 1.3;
  return name >= '07-15' && name <= '08-25' ? 0.9 : 1;
}

/** How much of a meter a thing uses on a day, beside a usual day. */
export function activity(
  item: Item,
  meter: Meter,
  month: Month,
  date: number,
): number {
  const growth = 1.012 ** month.index;
  const busy = dayAt(date / day).work > 0 ? 1.08 : 0.82;
  const moved = 1 + (busy * season(date) - 1) * meter.lively;
  const launch =
    meter.lively > 0 || item.type === 'search-index'
      ? launchFactor(item, month, date)
      : 1;
  return growth * moved * launch;
}

/** What a meter's unit costs in a month. */
export function priceIn(meter: Meter, month: Month): number {
  return meter.service === 'Amazon Relational Database Service' &&
    meter.unit === 'Hrs' &&
    month.index >= happened.databasesDearer.month
    ? meter.price * happened.databasesDearer.factor
    : meter.price;
}

/** Something billed that is nothing of the catalog, or that says wrongly of what it is. */
export type Stray = {
  provider: Provider;
  resourceName: string;
  tags: Record<string, string> | undefined;
  meter: Meter;
  /** How much of it on a day, in units of the meter; none before it was and after it went. */
  quantityOn: (month: Month, date: number) => number;
};

const node: Meter = {
  service: 'Amazon Elastic Compute Cloud',
  category: 'Compute',
  subcategory: 'Virtual Machines',
  resourceType: 'AWS::EC2::Instance',
  sku: 'EUC1-BoxUsage:m6i.2xlarge',
  unit: 'Hrs',
  price: 0.46,
  perDay: 24,
  lively: 0,
};
const network: Meter = {
  service: 'Amazon Virtual Private Cloud',
  category: 'Networking',
  subcategory: 'Network Connectivity',
  resourceType: 'AWS::EC2::NatGateway',
  sku: 'EUC1-NatGateway-Bytes',
  unit: 'GB',
  price: 0.052,
  perDay: 1100,
  lively: 1,
};

const ordersDatabase: Meter = {
  service: 'Amazon Relational Database Service',
  category: 'Databases',
  subcategory: 'Relational Databases',
  resourceType: 'AWS::RDS::DBInstance',
  sku: 'EUC1-InstanceUsage:db.r6g.2xl',
  unit: 'Hrs',
  price: 1.148,
  perDay: 48,
  lively: 0,
};
const edge = {
  service: 'Elastic Load Balancing',
  category: 'Networking',
  subcategory: 'Network Connectivity',
  resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
} as const;
const campaignCounter: Meter[] = [
  {
    ...edge,
    sku: 'EUC1-LoadBalancerUsage',
    unit: 'Hrs',
    price: 0.027,
    perDay: 72,
    lively: 0,
  },
  {
    ...edge,
    sku: 'EUC1-LCUUsage',
    unit: 'LCU-Hrs',
    price: 0.008,
    perDay: 900,
    lively: 1,
  },
];

const always = (perDay: number) => () => perDay;
const sinceForgotten =
  (perDay: number): Stray['quantityOn'] =>
  (month, date) =>
    isSince(month, date, happened.clusterForgotten) ? perDay : 0;

/** What no entity of the catalog stands for. */
export const strays: Stray[] = [
  // The forgotten cluster: no tags, and a name that says it all.
  ...Array.from({ length: 6 }, (_, n) => ({
    provider: 'aws' as const,
    resourceName: `loadtest-spring-node-${n + 1}`,
    tags: undefined,
    meter: node,
    quantityOn: sinceForgotten(24),
  })),
  {
    provider: 'aws',
    resourceName: 'loadtest-spring',
    tags: undefined,
    meter: {
      ...node,
      service: 'Amazon Elastic Container Service for Kubernetes',
      subcategory: 'Containers',
      resourceType: 'AWS::EKS::Cluster',
      sku: 'EUC1-AmazonEKS-Hours:perCluster',
      price: 0.1,
    },
    quantityOn: sinceForgotten(24),
  },
  // Older than the rule that everything is tagged, and than three generations of machines.
  {
    provider: 'aws',
    resourceName: 'reporting-legacy',
    tags: undefined,
    meter: { ...node, sku: 'EUC1-BoxUsage:m4.2xlarge' },
    quantityOn: always(48),
  },
  // As large as production, for a few testers.
  {
    provider: 'aws',
    resourceName: 'orders-db-staging',
    tags: { resource: 'orders-db', environment: 'staging' },
    meter: ordersDatabase,
    quantityOn: always(48),
  },
  // Nobody comes through it any more.
  ...campaignCounter.map(meter => ({
    provider: 'aws' as const,
    resourceName: 'summer-campaign-edge',
    tags: {
      component: 'storefront-web',
      team: 'storefront',
      environment: 'production',
    },
    meter,
    quantityOn: (month: Month, date: number) =>
      meter.lively > 0 && isSince(month, date, happened.campaignOver)
        ? 0
        : meter.perDay,
  })),
  // Named after a service that is called otherwise by now.
  {
    provider: 'aws',
    resourceName: 'basket-svc-sessions',
    tags: { component: 'basket-svc', environment: 'production' },
    meter: {
      ...node,
      service: 'Amazon DynamoDB',
      category: 'Databases',
      subcategory: 'NoSQL Databases',
      resourceType: 'AWS::DynamoDB::Table',
      sku: 'EUC1-WriteRequestUnits',
      unit: 'WriteRequestUnits',
      price: 0.0000007625,
    },
    quantityOn: always(18_000_000),
  },
  // A team's own, for no component.
  ...['metrics', 'traces'].map((kind, n) => ({
    provider: 'aws' as const,
    resourceName: `observability-${kind}`,
    tags: { team: 'developer-platform', environment: 'production' },
    meter: {
      ...node,
      service: kind === 'metrics' ? 'Amazon Managed Prometheus' : 'AWS X-Ray',
      category: 'Management and Governance',
      subcategory: 'Observability',
      resourceType: 'Workspace',
      sku:
        kind === 'metrics' ? 'EUC1-AMP:MetricSampleCount' : 'EUC1-XRay-Traces',
      unit: kind === 'metrics' ? '10M samples' : '1M traces',
      price: kind === 'metrics' ? 0.9 : 5,
    },
    quantityOn: always(52 - n * 44),
  })),
  // What everybody's traffic goes through.
  ...['a', 'b', 'c'].map(zone => ({
    provider: 'aws' as const,
    resourceName: `shared-network-${zone}`,
    tags: undefined,
    meter: network,
    quantityOn: (month: Month, date: number) =>
      network.perDay *
      1.012 ** month.index *
      (dayAt(date / day).work > 0 ? 1.1 : 0.75) *
      season(date),
  })),
  {
    provider: 'aws',
    resourceName: 'event-lake',
    tags: {
      component: 'event-lake-loader',
      team: 'data-intelligence',
      environment: 'production',
    },
    meter: {
      ...network,
      service: 'AWS Data Transfer',
      resourceType: 'AWS::S3::Bucket',
      sku: 'EUC1-USE1-AWS-Out-Bytes',
      price: 0.02,
    },
    quantityOn: (month, date) => {
      const { transferSpike } = happened;
      const spikes =
        month.index === transferSpike.month &&
        dayOfMonth(date) >= transferSpike.firstDay &&
        dayOfMonth(date) <= transferSpike.lastDay;
      return spikes ? 71_000 : 640;
    },
  },
  {
    provider: 'azure',
    resourceName: 'defender-for-cloud',
    tags: undefined,
    meter: {
      service: 'Microsoft Defender for Cloud',
      category: 'Security',
      subcategory: 'Threat Detection and Response',
      resourceType: 'Subscription',
      sku: 'Standard Node',
      unit: '1 Hour',
      price: 0.02,
      perDay: 400,
      lively: 0,
    },
    quantityOn: always(400),
  },
  {
    provider: 'google',
    resourceName: 'adhoc-analysis',
    tags: undefined,
    meter: {
      service: 'BigQuery',
      category: 'Analytics',
      subcategory: 'Data Warehouses',
      resourceType: 'Dataset',
      sku: 'Analysis (europe-west3)',
      unit: 'tebibyte',
      price: 7.6,
      perDay: 2,
      lively: 1,
    },
    quantityOn: (_month, date) => (dayAt(date / day).work > 0 ? 2.3 : 0.2),
  },
];
