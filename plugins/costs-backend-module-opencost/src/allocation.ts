import { z } from 'zod';

const labels = z.record(z.string(), z.string()).nullish();
const number = z.number().nullish();

/** What OpenCost says of a workload in a window, as far as it is read here. Costs are without their adjustments. */
export const allocationSchema = z.object({
  name: z.string(),
  properties: z
    .object({
      cluster: z.string().nullish(),
      namespace: z.string().nullish(),
      controllerKind: z.string().nullish(),
      controller: z.string().nullish(),
      labels,
      namespaceLabels: labels,
    })
    .nullish(),
  cpuCoreHours: number,
  cpuCost: number,
  cpuCostAdjustment: number,
  gpuHours: number,
  gpuCost: number,
  gpuCostAdjustment: number,
  ramByteHours: number,
  ramCost: number,
  ramCostAdjustment: number,
  pvByteHours: number,
  pvCost: number,
  pvCostAdjustment: number,
  networkTransferBytes: number,
  networkReceiveBytes: number,
  networkCost: number,
  networkCostAdjustment: number,
  loadBalancerCost: number,
  loadBalancerCostAdjustment: number,
  sharedCost: number,
  externalCost: number,
  totalCost: z.number(),
});

/** {@inheritDoc allocationSchema} */
export type Allocation = z.infer<typeof allocationSchema>;

/**
 * The answer of `GET /allocation/compute`: a set of allocations by name for
 * each step. A set of a time of which nothing is known is null.
 *
 * @see https://www.opencost.io/docs/integrations/api
 */
export const answerSchema = z.object({
  code: z.literal(200),
  data: z.array(z.record(z.string(), allocationSchema).nullable()),
});
