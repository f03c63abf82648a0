import type { JsonValue } from '@backstage/types';
import type {
  EnginePlan,
  Observation,
  Order,
  PlanCost,
} from '@waymark/plugin-infrastructure-node';
import type { Module } from './modules';
import {
  changesOf,
  documentOf,
  driftOf,
  essenceOf,
  type TerraformPlan,
} from './planJson';
import { madeByIn, type KeptState } from './readState';
import { rootModule } from './rootModule';

/** A plan as the portal decides on it, wherever Terraform made it. */
export function enginePlan(options: {
  order: Order;
  module: Module;
  plan: TerraformPlan;
  cost?: PlanCost;
  artefact: Buffer;
}): EnginePlan {
  const { order, module, plan, cost, artefact } = options;
  return {
    changes: changesOf(plan),
    ...(cost && { cost }),
    essence: {
      module: module.name,
      digest: module.digest,
      wanted: order.wanted,
      values: rootModule(order, module).values,
      ...(order.takesOver && { takesOver: order.resource.existing ?? [] }),
      changes: essenceOf(plan) as JsonValue,
    },
    document: documentOf(plan),
    artefact,
  };
}

/** How a resource is, by what Terraform would change. */
export function observationOf(
  plan: TerraformPlan,
  kept: KeptState,
  module: Module,
): Observation {
  // A newer module wants other things, which is no drift of what the older one made.
  const isSame = madeByIn(kept) === module.digest;
  const changes = (isSame ? changesOf(plan) : driftOf(plan)).filter(
    ({ action }) => action !== 'keep',
  );
  return changes.length ? { state: 'drifted', changes } : { state: 'asWanted' };
}
