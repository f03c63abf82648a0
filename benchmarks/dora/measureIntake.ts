import { setTimeout as delay } from 'node:timers/promises';
import { percentile } from '../statistics.ts';
import { startFilled } from './measureCompany.ts';
import { componentName } from './history.ts';
import { figureTable, type Figure } from '../panels.ts';
import { organisationPanels } from './pages.ts';
import type { DoraPortal } from './portal.ts';

const atOnce = 64;

export type Rate = { perSecond: number; seconds: number };

/** What GitHub sends when a deployment has succeeded. */
function deploymentStatus(id: number, services: number) {
  const now = new Date().toISOString();
  return {
    action: 'created',
    deployment: {
      id,
      environment: 'production',
      created_at: now,
      payload: { catalogEntity: componentName(id % services) },
    },
    deployment_status: { state: 'success', created_at: now },
    repository: { full_name: 'measured/services' },
  };
}

/** How a delivery is sent, and a page read, while others are. */
export type Load = {
  deliver(send: () => Promise<Response>): Promise<void>;
  read(route: string): Promise<void>;
};

/** Sends so many deliveries a second, and reads pages meanwhile. */
export async function load(
  portal: DoraPortal,
  first: number,
  { perSecond, seconds, deliver, read }: Rate & Load,
) {
  const total = perSecond * seconds;
  const acknowledged: number[] = [];
  const pages: number[] = [];
  let next = 0;
  let over = false;
  const started = performance.now();
  const sender = async () => {
    while (next < total) {
      const index = next;
      next += 1;
      const due = started + (index * 1000) / perSecond;
      if (due > performance.now()) await delay(due - performance.now());
      const sent = performance.now();
      await deliver(() =>
        portal.deliver(
          `measured-${first + index}`,
          'deployment_status',
          deploymentStatus(first + index, portal.size.services),
        ),
      );
      acknowledged.push(performance.now() - sent);
    }
  };
  const reader = async () => {
    for (let turn = 0; !over; turn += 1) {
      const asked = performance.now();
      const panel = organisationPanels[turn % organisationPanels.length];
      await read(panel.route(turn));
      pages.push(performance.now() - asked);
      await delay(250);
    }
  };
  const reading = reader();
  await Promise.all(Array.from({ length: atOnce }, sender));
  const took = (performance.now() - started) / 1000;
  over = true;
  await reading;
  return { total, took, acknowledged, pages };
}

/** How many deployments of this run are stored, and counted, and how many of them are distinct. */
async function countStored(portal: DoraPortal, first: number, total: number) {
  const client = await portal.tables();
  try {
    const { rows } = await client.query<{
      stored: number;
      distinct: number;
      counted: number;
    }>(
      `select count(*)::int as stored, count(distinct d.external_id)::int as distinct,
        count(o.deployment_id)::int as counted
        from deployments d left join outcomes o on o.deployment_id = d.id
        where d.external_id in (
          select 'deployment:' || id from generate_series($1::bigint, $2::bigint) id)`,
      [first, first + total - 1],
    );
    return rows[0];
  } finally {
    await client.end();
  }
}

/** Waits until all of a run is in the numbers, and says in rows of a table what is found of it. */
export async function lookFor(
  portal: DoraPortal,
  first: number,
  total: number,
): Promise<string[]> {
  const ended = performance.now();
  await portal.untilUpToDate();
  const lag = (performance.now() - ended) / 1000;
  const found = await countStored(portal, first, total);
  return [
    `| Stored, distinct, counted | ${found.stored}, ${found.distinct}, ${found.counted} |`,
    `| Lost, doubled | ${total - found.distinct}, ${
      found.stored - found.distinct
    } |`,
    `| All in the numbers after the last one | ${lag.toFixed(1)} s |`,
  ];
}

/** How long it takes from a delivery until the number of its component is another. */
async function untilCounted(portal: DoraPortal, id: number): Promise<number> {
  const service = componentName(id % portal.size.services);
  const now = Date.now();
  const question = new URLSearchParams({
    entityRef: `component:default/${service}`,
    from: new Date(now - 86_400_000).toISOString(),
    to: new Date(now + 86_400_000).toISOString(),
  });
  const count = async () => {
    const { metrics } = await portal.get<{
      metrics: { deploymentFrequency: { n: number } };
    }>(`/api/dora/metrics?${question}`);
    return metrics.deploymentFrequency.n;
  };
  const before = await count();
  const sent = performance.now();
  await portal.deliver(
    `measured-alone-${id}`,
    'deployment_status',
    deploymentStatus(id, portal.size.services),
  );
  while ((await count()) === before) await delay(10);
  return performance.now() - sent;
}

/** Takes signed deliveries in for a while and looks for each of them afterwards. */
export async function measureIntake(
  portal: DoraPortal,
  rate: Rate,
): Promise<string> {
  await startFilled(portal);
  // Another run sends others.
  const first = Date.now();
  const alone: number[] = [];
  for (let nth = 1; nth <= 30; nth += 1) {
    alone.push(await untilCounted(portal, first - nth));
  }
  const { total, took, acknowledged, pages } = await load(portal, first, {
    ...rate,
    deliver: async send => {
      const response = await send();
      await response.arrayBuffer();
      if (response.status !== 202) {
        throw new Error(`A delivery was answered ${response.status}`);
      }
    },
    read: async route => {
      await portal.get(route);
    },
  });
  const found = await lookFor(portal, first, total);
  const figures: Figure[] = [
    {
      name: 'One delivery alone, until the number of its component is another',
      samples: alone,
      limitMs: 2_000,
    },
    { name: 'A delivery, until it is acknowledged', samples: acknowledged },
    { name: 'A page meanwhile', samples: pages },
  ];
  return [
    '| What | |',
    '| --- | --- |',
    `| Deliveries sent and acknowledged | ${total} in ${took.toFixed(
      1,
    )} s, ${Math.round(total / took)} a second |`,
    ...found,
    `| 99th percentile of acknowledgements | ${percentile(
      acknowledged,
      0.99,
    ).toFixed(1)} ms |`,
    '',
    figureTable(figures),
  ].join('\n');
}
