import { setTimeout as delay } from 'node:timers/promises';
import { percentile } from '../statistics.ts';
import { fill } from './measureCompany.ts';
import { componentName } from './history.ts';
import { figureTable, type Figure } from '../panels.ts';
import { organisationPanels } from './pages.ts';
import type { DoraPortal } from './portal.ts';

const atOnce = 64;

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

/** Sends so many deliveries a second, and reads pages meanwhile. */
async function load(
  portal: DoraPortal,
  first: number,
  { perSecond, seconds }: { perSecond: number; seconds: number },
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
      const response = await portal.deliver(
        `measured-${first + index}`,
        'deployment_status',
        deploymentStatus(first + index, portal.size.services),
      );
      await response.arrayBuffer();
      if (response.status !== 202) {
        throw new Error(`A delivery was answered ${response.status}`);
      }
      acknowledged.push(performance.now() - sent);
    }
  };
  const reader = async () => {
    for (let turn = 0; !over; turn += 1) {
      const asked = performance.now();
      const panel = organisationPanels[turn % organisationPanels.length];
      await portal.get(panel.route(turn));
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

/** Takes signed deliveries in for a while and looks for each of them afterwards. */
export async function measureIntake(
  portal: DoraPortal,
  wanted: { perSecond: number; seconds: number },
): Promise<string> {
  const filled = await portal.isFilled();
  await portal.start({ empty: !filled });
  if (!filled) await fill(portal);
  // Another run sends others.
  const first = Date.now();
  const { total, took, acknowledged, pages } = await load(
    portal,
    first,
    wanted,
  );
  const ended = performance.now();
  await portal.untilUpToDate();
  const lag = (performance.now() - ended) / 1000;
  const found = await countStored(portal, first, total);
  const figures: Figure[] = [
    { name: 'A delivery, until it is acknowledged', samples: acknowledged },
    { name: 'A page meanwhile', samples: pages },
  ];
  return [
    '| What | |',
    '| --- | --- |',
    `| Deliveries sent and acknowledged | ${total} in ${took.toFixed(
      1,
    )} s, ${Math.round(total / took)} a second |`,
    `| Stored, distinct, counted | ${found.stored}, ${found.distinct}, ${found.counted} |`,
    `| Lost, doubled | ${total - found.distinct}, ${
      found.stored - found.distinct
    } |`,
    `| All in the numbers after the last one | ${lag.toFixed(1)} s |`,
    `| 99th percentile of acknowledgements | ${percentile(
      acknowledged,
      0.99,
    ).toFixed(1)} ms |`,
    '',
    figureTable(figures),
  ].join('\n');
}
