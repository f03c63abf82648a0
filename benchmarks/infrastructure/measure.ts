import { setTimeout as delay } from 'node:timers/promises';
import { figureTable, type Figure } from '../panels.ts';
import { percentile } from '../statistics.ts';
import type { InfrastructurePortals, Person } from './portals.ts';
import {
  destruction,
  fill,
  inStaging,
  keepBusy,
  many,
  send,
  untilSettled,
  type Sent,
} from './requests.ts';

const inFlight = 100;
const readers = 4;
/** Of a person who looks from page to page. */
const pauseMs = 250;
const pageMs = 100;
const decidedMs = 300;
const readyMs = 5_000;

type Page = { name: string; as: Person; route: () => string };

/** What pages ask for; each time for another of many. */
async function pagesOf(portals: InfrastructurePortals): Promise<Page[]> {
  const ids = async (query: string) => {
    const { items } = await portals.ask<{ items: { id: string }[] }>(
      'jonas',
      query,
    );
    if (items.length === 0) throw new Error(`${query} lists nothing`);
    return items.map(({ id }) => id);
  };
  const inTurn = (of: string[], route: (id: string) => string) => {
    let turn = 0;
    return () => {
      turn += 1;
      return route(of[turn % of.length]);
    };
  };
  const all = [
    ...(await ids('/requests?limit=50')),
    ...(await ids('/requests?limit=50&offset=700')),
  ];
  const waiting = await ids('/requests?view=approvals&limit=50');
  const request = (id: string) => `/requests/${id}`;
  return [
    {
      name: 'List of requests, first page',
      as: 'amara',
      route: () => '/requests?limit=50',
    },
    {
      name: 'List of requests, page 15',
      as: 'amara',
      route: () => '/requests?limit=50&offset=700',
    },
    {
      name: 'List of what waits for the lead',
      as: 'jonas',
      route: () => '/requests?view=approvals&limit=50',
    },
    { name: 'A request', as: 'amara', route: inTurn(all, request) },
    {
      name: 'A request that waits for the lead',
      as: 'jonas',
      route: inTurn(waiting, request),
    },
    {
      name: 'List of resources',
      as: 'amara',
      route: () => '/resources?limit=50',
    },
    { name: 'Offerings', as: 'amara', route: () => '/offerings' },
  ];
}

/** Lets people look at pages, until they are told that it is enough. */
function readPages(portals: InfrastructurePortals, pages: Page[]) {
  const samples = new Map(pages.map(({ name }) => [name, [] as number[]]));
  let over = false;
  const reader = async (first: number) => {
    for (let turn = first; !over; turn += 1) {
      const { name, as, route } = pages[turn % pages.length];
      const started = performance.now();
      await portals.ask(as, route());
      samples.get(name)?.push(performance.now() - started);
      await delay(pauseMs);
    }
  };
  const reading = Promise.all(
    Array.from({ length: readers }, (_, index) => reader(index * 2)),
  );
  return async (suffix: string): Promise<Figure[]> => {
    over = true;
    await reading;
    return pages.map(({ name }) => ({
      name: `${name}${suffix}`,
      samples: samples.get(name) ?? [],
      limitMs: pageMs,
    }));
  };
}

/** How long after they were sent something was written of requests, in milliseconds. */
async function untilWritten(
  portals: InfrastructurePortals,
  sent: Sent[],
  action: string,
): Promise<number[]> {
  const client = await portals.tables();
  try {
    const { rows } = await client.query<{ id: string; at: Date }>(
      'select request_id as id, at from audit where action = $1 and request_id = any($2)',
      [action, sent.map(({ id }) => id)],
    );
    const sentAt = new Map(sent.map(({ id, at }) => [id, at]));
    if (rows.length !== sent.length) {
      throw new Error(
        `Of ${sent.length} requests ${rows.length} are ${action}`,
      );
    }
    return rows.map(({ id, at }) => at.getTime() - (sentAt.get(id) ?? 0));
  } finally {
    await client.end();
  }
}

/** Sends so many at once, waits for all, and removes them again. */
async function round(
  portals: InfrastructurePortals,
  options: { count: number; slow?: number },
): Promise<Sent[]> {
  const { count, slow } = options;
  const sent = await Promise.all(
    many(count, inStaging).map(wish => send(portals, wish)),
  );
  await untilSettled(portals, slow);
  await Promise.all(
    sent.map(({ resourceId }) => send(portals, destruction(resourceId))),
  );
  await untilSettled(portals, slow);
  return sent;
}

/** How long databases take, and pages meanwhile. */
async function measureRounds(
  portals: InfrastructurePortals,
  options: { rounds: number; count: number; slow?: number; suffix: string },
): Promise<Figure[]> {
  const { rounds, suffix } = options;
  const stopReading = readPages(portals, await pagesOf(portals));
  const sent: Sent[] = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    sent.push(...(await round(portals, options)));
  }
  return [
    ...(await stopReading(suffix)),
    {
      name: `Sent to approved by rule${suffix}`,
      samples: await untilWritten(portals, sent, 'request.decided'),
      limitMs: decidedMs,
    },
    {
      name: `Sent to ready${suffix}`,
      samples: await untilWritten(portals, sent, 'request.done'),
    },
  ];
}

const readyWithin = (what: string, figures: Figure[]) => {
  const samples = figures.at(-1)?.samples ?? [];
  const p50 = percentile(samples, 0.5);
  return `${what}: half of the databases are ready within ${(
    p50 / 1000
  ).toFixed(1)} s of being asked for; the aim is ${readyMs / 1000} s, ${
    p50 < readyMs ? 'met' : 'missed'
  }.`;
};

/**
 * A thousand requests; then pages and databases: alone, beside a hundred
 * requests in flight, and a hundred databases at once.
 */
export async function measureInfrastructure(
  portals: InfrastructurePortals,
  options: { rounds: number },
): Promise<string> {
  const { rounds } = options;
  await portals.start();
  await fill(portals);
  const alone = await measureRounds(portals, {
    rounds,
    count: 1,
    suffix: '',
  });
  const together = await measureRounds(portals, {
    rounds: 2,
    count: inFlight,
    suffix: `, ${inFlight} databases at once`,
  });
  await keepBusy(portals, inFlight);
  const beside = await measureRounds(portals, {
    rounds,
    count: 1,
    slow: inFlight,
    suffix: `, ${inFlight} in flight`,
  });
  return [
    figureTable([...alone, ...beside, ...together]),
    [
      readyWithin('With nothing else in flight', alone),
      readyWithin(`Beside ${inFlight} in flight`, beside),
      readyWithin(`${inFlight} at once`, together),
    ].join(' '),
  ].join('\n\n');
}
