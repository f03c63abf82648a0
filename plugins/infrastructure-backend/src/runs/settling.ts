import type {
  PlannedChange,
  ResourceEvent,
} from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import { isBookkeeping } from '../decisions/changes';
import type { Reservations } from '../decisions/Reservations';
import type { Order, RequestRow, ResourceRow } from '../requests/records';
import type { RequestStore } from '../requests/RequestStore';
import type { Outputs } from './Outputs';

const day = 86_400_000;

/** What happens to a resource when its request begins to be applied. */
export function beginningOf({ request, resource }: Order): ResourceEvent {
  if (request.kind === 'destroy') return 'destroy';
  return resource.state === 'requested' ? 'provision' : 'change';
}

/** Until when it lives from now on, where the request says so. */
function lifeOf({
  time_to_live_days: days,
}: RequestRow): Pick<ResourceRow, 'expires_at'> | undefined {
  return days ? { expires_at: new Date(Date.now() + days * day) } : undefined;
}

/** Writes down what became of a resource whose request is done. */
export async function settle(
  tx: Knex.Transaction,
  done: Order,
  of: {
    /** Keeps what came of it, and gives what may be shown. */
    keep: () => Promise<Record<string, string>>;
    parts: {
      outputs: Outputs;
      requests: RequestStore;
      reservations: Reservations;
    };
  },
): Promise<void> {
  const { outputs, requests, reservations } = of.parts;
  const { request, resource } = done;
  if (request.kind === 'destroy') {
    await outputs.forget(tx, resource.id);
    await requests.moveResource(tx, done, 'vanish', {
      outputs: {},
      drift: null,
      accepted_drift: null,
      gone: false,
    });
    await reservations.settle(tx, resource.id, undefined);
    return;
  }
  if (isBookkeeping(request.kind)) {
    await noteDown(tx, done, requests);
    // It takes what it took before.
    await reservations.release(tx, request.id);
    return;
  }
  const { owner, component, tags } = request.change;
  await requests.moveResource(tx, done, 'settle', {
    outputs: await of.keep(),
    parameters: request.parameters,
    drift: null,
    reported: null,
    accepted_drift: null,
    gone: false,
    cost_low: request.cost_low,
    cost_high: request.cost_high,
    ...lifeOf(request),
    ...(owner && { owner_ref: owner }),
    ...(component && { component_ref: component }),
    ...(tags && { tags }),
  });
  await reservations.settle(tx, resource.id, request.id);
}

/** What changed in the books alone. */
async function noteDown(
  tx: Knex.Transaction,
  done: Order,
  requests: RequestStore,
): Promise<void> {
  const { request } = done;
  const { drift } = done.resource;
  if (request.kind === 'accept') {
    const plan = await tx('plans').where({ id: request.plan_id }).first();
    const accepted: PlannedChange[] = plan.changes;
    await requests.moveResource(tx, done, 'settle', {
      drift: null,
      accepted_drift: accepted.length ? accepted : null,
      gone: false,
      ...lifeOf(request),
    });
    return;
  }
  const { resource } = await requests.moveResource(
    tx,
    done,
    'settle',
    lifeOf(request),
  );
  // A longer life repairs nothing.
  if (drift) await requests.moveResourceAlone(tx, resource, 'drift');
}
