import type { JsonObject } from '@backstage/types';
import type {
  Engine,
  Order as EngineOrder,
} from '@waymark/plugin-infrastructure-node';
import type { Engines, Offering } from '../offerings/Offerings';
import type { Order } from '../requests/records';

/** What the engine of an offering is to do for a request. */
export function engineOrderOf(
  { request, resource }: Order,
  offering: Offering,
): EngineOrder {
  return {
    requestId: request.id,
    resource: {
      id: resource.id,
      name: resource.name,
      environment: resource.environment,
      owner: resource.owner_ref,
    },
    settings: offering.file.spec.engine.settings as JsonObject,
    parameters: request.parameters,
    tags: resource.tags,
    wanted: request.kind === 'destroy' ? 'absent' : 'present',
  };
}

/** @throws Error that says why the engine cannot run here */
export async function requireEngine(
  engines: Engines,
  offering: Offering,
): Promise<Engine> {
  const { name } = offering.file.spec.engine;
  const engine = engines.get(name);
  if (!engine) {
    throw new Error(`The engine "${name}" is not part of this portal`);
  }
  const reason = await engine.unavailable();
  if (reason) throw new Error(reason);
  return engine;
}
