import { difference, signOf, sum } from '@waymark/plugin-costs-common';
import type { BillingMonth, FocusRow } from '@waymark/plugin-costs-node';
import type { Allocation } from './allocation';
import type { OpencostSettings } from './config';

/** What a workload uses, by the names that OpenCost has for what that costs. */
const meters = [
  {
    sku: 'cpu',
    title: 'CPU',
    category: 'Compute',
    unit: 'Core-Hours',
    quantity: ({ cpuCoreHours }) => cpuCoreHours,
    cost: ({ cpuCost, cpuCostAdjustment }) => [cpuCost, cpuCostAdjustment],
  },
  {
    sku: 'gpu',
    title: 'GPU',
    category: 'Compute',
    unit: 'GPU-Hours',
    quantity: ({ gpuHours }) => gpuHours,
    cost: ({ gpuCost, gpuCostAdjustment }) => [gpuCost, gpuCostAdjustment],
  },
  {
    sku: 'ram',
    title: 'Memory',
    category: 'Compute',
    unit: 'Byte-Hours',
    quantity: ({ ramByteHours }) => ramByteHours,
    cost: ({ ramCost, ramCostAdjustment }) => [ramCost, ramCostAdjustment],
  },
  {
    sku: 'pv',
    title: 'Persistent volumes',
    category: 'Storage',
    unit: 'Byte-Hours',
    quantity: ({ pvByteHours }) => pvByteHours,
    cost: ({ pvCost, pvCostAdjustment }) => [pvCost, pvCostAdjustment],
  },
  {
    sku: 'network',
    title: 'Network',
    category: 'Networking',
    unit: 'Bytes',
    quantity: ({ networkTransferBytes, networkReceiveBytes }) =>
      (networkTransferBytes ?? 0) + (networkReceiveBytes ?? 0),
    cost: ({ networkCost, networkCostAdjustment }) => [
      networkCost,
      networkCostAdjustment,
    ],
  },
  {
    sku: 'load-balancer',
    title: 'Load balancers',
    category: 'Networking',
    cost: ({ loadBalancerCost, loadBalancerCostAdjustment }) => [
      loadBalancerCost,
      loadBalancerCostAdjustment,
    ],
  },
  {
    sku: 'shared',
    title: 'Shared',
    category: 'Other',
    cost: ({ sharedCost }) => [sharedCost],
  },
  {
    sku: 'external',
    title: 'Outside the cluster',
    category: 'Other',
    cost: ({ externalCost }) => [externalCost],
  },
] satisfies {
  sku: string;
  title: string;
  category: string;
  unit?: string;
  quantity?: (allocation: Allocation) => number | null | undefined;
  cost: (allocation: Allocation) => (number | null | undefined)[];
}[];

type Meter = Pick<(typeof meters)[number], 'sku' | 'title' | 'category'> & {
  unit?: string;
  quantity?: (allocation: Allocation) => number | null | undefined;
};

/** What OpenCost counts in none of its parts. */
const rest: Meter = { sku: 'other', title: 'Other', category: 'Other' };

/**
 * A number of OpenCost's as a decimal one. It reckons in floating point, of
 * which twelve decimals of an amount of a day are more than it knows.
 */
const decimalOf = (value: number | null | undefined) =>
  sum([(value ?? 0).toFixed(12)]);

/** Less than this between a total and its parts is what floating point lost. */
const noise = '0.000001';

const isNoise = (amount: string) => {
  const size = amount.replace('-', '');
  return signOf(difference(noise, size)) > 0;
};

/** What is left of a cluster when all that runs there has been counted. */
const special: Record<string, string> = {
  __idle__: 'Idle capacity',
  __unallocated__: 'Unallocated',
  __unmounted__: 'Unmounted volumes',
};

function titleOf({ name, properties }: Allocation): string {
  const key = Object.keys(special).find(one => name.includes(one));
  return key ? special[key] : properties?.controller || name;
}

/** Labels as tags, with what is known of where it runs. */
function tagsOf({ properties }: Allocation): Record<string, string> {
  const { cluster, namespace, labels, namespaceLabels } = properties ?? {};
  return {
    ...namespaceLabels,
    ...labels,
    ...(cluster ? { 'kubernetes-cluster': cluster } : {}),
    ...(namespace ? { 'kubernetes-namespace': namespace } : {}),
  };
}

/**
 * Rows of FOCUS of what a workload cost on a day: one for each thing it used
 * and that cost something. Together they are its total.
 */
export function focusRows(
  allocation: Allocation,
  about: {
    day: { start: Date; end: Date };
    month: BillingMonth;
    settings: Pick<OpencostSettings, 'currency' | 'billed'>;
  },
): FocusRow[] {
  const { day, month, settings } = about;
  const { cluster, namespace, controllerKind, controller } =
    allocation.properties ?? {};
  const title = titleOf(allocation);
  const rowOf = (meter: Meter, cost: string): FocusRow => {
    const used = decimalOf(meter.quantity?.(allocation));
    const quantity = meter.unit && signOf(used) > 0 ? used : null;
    const unit = quantity === null ? null : meter.unit ?? null;
    return {
      BilledCost: settings.billed ? cost : '0',
      EffectiveCost: cost,
      ListCost: cost,
      ContractedCost: cost,
      BillingCurrency: settings.currency,
      BillingPeriodStart: month.start.toISOString(),
      BillingPeriodEnd: month.end.toISOString(),
      ChargePeriodStart: day.start.toISOString(),
      ChargePeriodEnd: day.end.toISOString(),
      ChargeCategory: 'Usage',
      ChargeFrequency: 'Usage-Based',
      ChargeDescription: `${meter.title} of ${title}`,
      ConsumedQuantity: quantity,
      ConsumedUnit: unit,
      PricingQuantity: quantity,
      PricingUnit: unit,
      ProviderName: 'Kubernetes',
      PublisherName: 'OpenCost',
      ResourceId: [cluster, namespace, controllerKind, controller]
        .map(part => part || '-')
        .join('/')
        .concat(controller ? '' : `/${allocation.name}`),
      ResourceName: title,
      ResourceType: controllerKind ?? null,
      ServiceCategory: meter.category,
      ServiceName: 'Kubernetes',
      SkuId: meter.sku,
      SubAccountId: cluster ?? null,
      SubAccountName: cluster ?? null,
      Tags: JSON.stringify(tagsOf(allocation)),
    };
  };
  const parts = meters.map(meter => ({
    meter,
    cost: sum(meter.cost(allocation).map(decimalOf)),
  }));
  const left = difference(
    decimalOf(allocation.totalCost),
    sum(parts.map(({ cost }) => cost)),
  );
  return [
    ...parts
      .filter(({ cost }) => signOf(cost) !== 0)
      .map(({ meter, cost }) => rowOf(meter, cost)),
    ...(isNoise(left) ? [] : [rowOf(rest, left)]),
  ];
}
