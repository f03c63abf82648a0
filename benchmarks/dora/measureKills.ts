import { setTimeout as delay } from 'node:timers/promises';
import { startFilled } from './measureCompany.ts';
import { load, lookFor, type Rate } from './measureIntake.ts';
import type { DoraPortal } from './portal.ts';

const betweenAttemptsMs = 500;
/** A sender gives up after some minutes, so that a portal that stays away ends the run. */
const attempts = 500;

/**
 * Takes signed deliveries in while the backend and PostgreSQL are killed, each
 * once, and looks for each of them afterwards. What is not acknowledged is sent
 * again, as every sender does.
 */
export async function measureKills(
  portal: DoraPortal,
  rate: Rate,
): Promise<string> {
  await startFilled(portal);
  const first = Date.now();
  let repeated = 0;
  let unavailable = 0;
  const outages: Record<string, number> = {};
  const outage = async (what: string, kill: () => Promise<void>) => {
    const began = performance.now();
    await kill();
    outages[what] = (performance.now() - began) / 1000;
  };
  const faults = async () => {
    await delay((rate.seconds * 1000) / 4);
    await outage('the backend', () => portal.killBackend());
    await delay((rate.seconds * 1000) / 4);
    await outage('PostgreSQL', () => portal.killDatabase());
  };
  const [{ total, took, pages }] = await Promise.all([
    load(portal, first, {
      ...rate,
      deliver: async send => {
        for (let attempt = 0; attempt < attempts; attempt += 1) {
          const status = await send().then(
            async response => {
              await response.arrayBuffer();
              return response.status;
            },
            () => undefined,
          );
          if (status === 202) return;
          // Not now, or no answer at all.
          if (status !== undefined && status < 500) {
            throw new Error(`A delivery was answered ${status}`);
          }
          repeated += 1;
          await delay(betweenAttemptsMs);
        }
        throw new Error('A delivery was never acknowledged');
      },
      read: async route => {
        const response = await portal.fetch(route).catch(() => undefined);
        await response?.arrayBuffer();
        if (response?.ok) return;
        if (response && response.status !== 503) {
          throw new Error(`A page was answered ${response.status}`);
        }
        unavailable += 1;
      },
    }),
    faults(),
  ]);
  const found = await lookFor(portal, first, total);
  return [
    '| What | |',
    '| --- | --- |',
    `| Deliveries acknowledged in the end | ${total} in ${took.toFixed(1)} s |`,
    `| Sent again, for they were not acknowledged | ${repeated} |`,
    ...Object.entries(outages).map(
      ([what, seconds]) =>
        `| Killed and ready again: ${what} | ${seconds.toFixed(1)} s |`,
    ),
    ...found,
    `| Pages read, and answered 503 or not at all | ${pages.length}, ${unavailable} |`,
  ].join('\n');
}
