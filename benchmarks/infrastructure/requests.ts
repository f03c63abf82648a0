import { setTimeout as delay } from 'node:timers/promises';
import type { InfrastructurePortals } from './portals.ts';

/** A request, and when it was sent (milliseconds since 1970). */
export type Sent = { id: string; resourceId: string; at: number };

const atOnce = 16;
let number = 0;

const database = (environment: string) => {
  number += 1;
  return {
    kind: 'create',
    offering: 'postgres-database',
    name: `measured-${number}`,
    environment,
    owner: 'group:default/ledger',
    dataClass: 'internal',
    parameters: { connections: 2, storageGb: 1, backups: true },
  };
};

export const inStaging = () => database('staging');
export const inProduction = () => database('production');
/** Denied by a rule, since it says nothing of its data. */
export const denied = () => ({
  ...database('staging'),
  dataClass: undefined,
});
/** Takes until it is let go. */
export const slow = () => {
  const { parameters: _, ...rest } = database('staging');
  return { ...rest, offering: 'slow', parameters: {} };
};
export const destruction = (resourceId: string) => ({
  kind: 'destroy',
  resourceId,
});

/** Sends one request. */
export async function send(
  portals: InfrastructurePortals,
  wish: object,
): Promise<Sent> {
  const at = Date.now();
  const { id, resourceId } = await portals.ask<Sent>(
    'amara',
    '/requests',
    wish,
  );
  return { id, resourceId, at };
}

/** Does something for each, several at once. */
export async function each<T, R>(
  of: T[],
  act: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < of.length) {
        const index = next;
        next += 1;
        results[index] = await act(of[index]);
      }
    }),
  );
  return results;
}

/** As many of something. */
export const many = <T>(count: number, make: () => T): T[] =>
  Array.from({ length: count }, make);

/**
 * Waits until nothing is planned, queued or applied any more, but so many that
 * take long; looks into the tables, so as not to disturb the portals.
 */
export async function untilSettled(
  portals: InfrastructurePortals,
  butSlow = 0,
): Promise<void> {
  const client = await portals.tables();
  try {
    for (;;) {
      const { rows } = await client.query(
        `select count(*)::int as open from requests
          where state in ('prechecked', 'planning', 'evaluated', 'approved', 'queued', 'applying')`,
      );
      if (rows[0].open <= butSlow) return;
      await delay(100);
    }
  } finally {
    await client.end();
  }
}

/**
 * A thousand requests as they gather in a portal: made and removed again,
 * denied, cancelled, and some that wait for the lead.
 */
export async function fill(portals: InfrastructurePortals): Promise<void> {
  const made = await each(many(100, inStaging), wish => send(portals, wish));
  await untilSettled(portals);
  await each(made, ({ resourceId }) => send(portals, destruction(resourceId)));
  await each(many(300, denied), wish => send(portals, wish));
  const waiting = await each(many(500, inProduction), wish =>
    send(portals, wish),
  );
  await untilSettled(portals);
  await each(waiting.slice(0, 400), ({ id }) =>
    portals.ask('amara', `/requests/${id}/cancel`, {}),
  );
}

/** Has so many under way that take long: some applied, the others in line behind them. */
export async function keepBusy(
  portals: InfrastructurePortals,
  count: number,
): Promise<void> {
  await each(many(count, slow), wish => send(portals, wish));
  const client = await portals.tables();
  try {
    for (;;) {
      const { rows } = await client.query(
        `select count(*)::int as planned from requests
          where offering = 'slow' and state in ('queued', 'applying')`,
      );
      if (rows[0].planned === count) return;
      await delay(200);
    }
  } finally {
    await client.end();
  }
}
