import fs from 'node:fs/promises';
import path from 'node:path';
import { say, step } from '../console/progress.ts';
import { LaunchFailure } from '../failure.ts';
import { paths } from '../paths.ts';
import { lacksDeliveries, loadDeliveries } from './load.ts';

const log = () => path.join(paths.logs, 'demo.log');

async function note(message: string, more: object = {}): Promise<void> {
  const line = JSON.stringify({
    level: 'info',
    message,
    timestamp: new Date().toISOString(),
    ...more,
  });
  await fs.appendFile(log(), `${line}\n`);
}

async function load(signal: AbortSignal): Promise<void> {
  const began = performance.now();
  let tenths = 0;
  await note('Loading the deliveries of the demo');
  await step('Demo deliveries', async show => {
    const told = await loadDeliveries(share => {
      show(`${Math.round(share * 100)} %`);
      if (Math.floor(share * 10) <= tenths) return;
      tenths = Math.floor(share * 10);
      void note(`${tenths * 10} % of the demo's deliveries are loaded`);
    }, signal);
    const seconds = Math.round(performance.now() - began) / 1000;
    await note('The deliveries of the demo are loaded', { ...told, seconds });
    return `Demo: a year of deliveries (${told.lines} imported, ${told.webhooks} by webhook)`;
  });
}

/**
 * Loads the demo's year of deliveries beside the running portal, where that
 * has not been done. It never fails: a portal without demo data is a portal.
 *
 * @param signal - ends it half-way; the next start goes on with it
 * @param ready - what to wait for, where the portal may still be starting
 */
export async function loadDemoInBackground(
  signal: AbortSignal,
  ready?: Promise<void>,
): Promise<void> {
  try {
    await ready;
    if (await lacksDeliveries()) await load(signal);
  } catch (error) {
    // Whoever stops the portal wants to hear nothing more of it.
    if (signal.aborted) return;
    const reason = error instanceof Error ? error.message : String(error);
    await note(`The deliveries of the demo are not loaded: ${reason}`).catch(
      () => undefined,
    );
    say(
      `  ! The demo's deliveries are not loaded: ${reason}\n    ${
        error instanceof LaunchFailure
          ? error.remedy
          : 'The next npm start goes on with it.'
      }`,
    );
  }
}
