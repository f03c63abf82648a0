import fs from 'node:fs/promises';
import path from 'node:path';
import { say, step } from '../console/progress.ts';
import { LaunchFailure } from '../failure.ts';
import { paths } from '../paths.ts';
import { billsLoad, loadBills } from './bills/load.ts';
import type { OnProgress } from './door.ts';
import { deliveriesLoad, loadDeliveries } from './load.ts';
import { lacks } from './memory.ts';
import { loadServices, servicesLoad } from './services.ts';

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

/** A part of the demo that comes in by the front door. */
type Part = {
  /** Under which name it is remembered. */
  load: string;
  /** As people call it: "deliveries". */
  name: string;
  /** @returns what was loaded, in words and in figures */
  bring: (
    onProgress: OnProgress,
    signal: AbortSignal,
  ) => Promise<{ words: string; figures: object }>;
};

const parts: Part[] = [
  {
    load: deliveriesLoad,
    name: 'deliveries',
    async bring(onProgress, signal) {
      const told = await loadDeliveries(onProgress, signal);
      return {
        words: `a year of deliveries (${told.lines} imported, ${told.webhooks} by webhook)`,
        figures: told,
      };
    },
  },
  {
    load: billsLoad,
    name: 'bills',
    async bring(onProgress, signal) {
      const told = await loadBills(onProgress, signal);
      return {
        words: `thirteen months of bills (${told.files} files, ${told.rows} charges)`,
        figures: told,
      };
    },
  },
  {
    load: servicesLoad,
    name: 'services',
    async bring(onProgress, signal) {
      const told = await loadServices(onProgress, signal);
      return {
        words: `${told.services} services on golden paths`,
        figures: told,
      };
    },
  },
];

/** Under which names it is remembered that the demo is there. */
export const demoLoads = parts.map(({ load }) => load);

async function bring(part: Part, signal: AbortSignal): Promise<void> {
  const began = performance.now();
  const { name } = part;
  let tenths = 0;
  await note(`Loading the ${name} of the demo`);
  await step(`Demo ${name}`, async show => {
    const { words, figures } = await part.bring(share => {
      show(`${Math.round(share * 100)} %`);
      if (Math.floor(share * 10) <= tenths) return;
      tenths = Math.floor(share * 10);
      void note(`${tenths * 10} % of the demo's ${name} are loaded`);
    }, signal);
    const seconds = Math.round(performance.now() - began) / 1000;
    await note(`The ${name} of the demo are loaded`, { ...figures, seconds });
    return `Demo: ${words}`;
  });
}

/** Brings a part where that has not been done. It never fails: a portal without demo data is a portal. */
async function bringOnce(part: Part, signal: AbortSignal): Promise<void> {
  try {
    if (await lacks(part.load)) await bring(part, signal);
  } catch (error) {
    // Whoever stops the portal wants to hear nothing more of it.
    if (signal.aborted) return;
    const reason = error instanceof Error ? error.message : String(error);
    await note(`The ${part.name} of the demo are not loaded: ${reason}`).catch(
      () => undefined,
    );
    say(
      `  ! The demo's ${part.name} are not loaded: ${reason}\n    ${
        error instanceof LaunchFailure
          ? error.remedy
          : 'The next npm start goes on with it.'
      }`,
    );
  }
}

/**
 * Loads the demo's year of deliveries, its bills and its services beside the
 * running portal, one after the other, where that has not been done.
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
  } catch (error) {
    if (signal.aborted) return;
    say(`  ! The demo is not loaded: ${(error as Error).message}`);
    return;
  }
  for (const part of parts) await bringOnce(part, signal);
}
