import type { JsonObject } from '@backstage/types';
import type {
  Engine,
  Order as EngineOrder,
} from '@waymark/plugin-infrastructure-node';
import { holderOf } from '../decisions/cases';
import type { Engines, Offering } from '../offerings/Offerings';
import type { Order } from '../requests/records';
import { Accepting, Extending } from './bookkeeping';

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
      owner: holderOf({ request, resource }).owner,
      ...(resource.existing && { existing: resource.existing }),
    },
    ...(request.kind === 'import' && {
      takesOver: {
        ...(request.change.markedFor && {
          markedFor: request.change.markedFor,
        }),
      },
    }),
    settings: offering.file.spec.engine.settings as JsonObject,
    parameters: request.parameters,
    tags: request.change.tags ?? resource.tags,
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

/**
 * What does a request: the engine of its offering, or the portal by itself
 * where only its books change.
 *
 * @throws Error that says why the engine cannot run here
 */
export async function workerFor(
  engines: Engines,
  order: Order,
  offering: Offering,
): Promise<Engine> {
  const { kind, time_to_live_days: days } = order.request;
  if (kind === 'extend') return new Extending(days ?? 0);
  const engine = await requireEngine(engines, offering);
  return kind === 'accept' ? new Accepting(engine) : engine;
}
