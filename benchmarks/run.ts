import './settings.ts';
import { LaunchFailure } from '../packages/launcher/src/failure.ts';
import { measureBrowser } from './parts/browser.ts';
import { measureIngestion } from './parts/ingestion.ts';
import { measureStarts } from './parts/starts.ts';
import type { Portal } from './portals/portal.ts';
import { Vanilla } from './portals/vanilla.ts';
import { Waymark } from './portals/waymark.ts';
import { runBenchmark } from './main.ts';
import { record } from './results.ts';

const parts = {
  starts: measureStarts,
  browser: measureBrowser,
  ingestion: measureIngestion,
};

async function run(wanted?: string): Promise<void> {
  const names = Object.keys(parts) as (keyof typeof parts)[];
  const chosen = names.filter(name => !wanted || name === wanted);
  if (!chosen.length) {
    throw new LaunchFailure(
      `There is no part called "${wanted}".`,
      `Choose one of: ${names.join(', ')}; without a name all are run.`,
    );
  }
  const portals: Portal[] = [];
  try {
    for (const portal of [new Waymark(), new Vanilla()]) {
      portals.push(portal);
      await portal.open();
    }
    for (const name of chosen) {
      process.stdout.write(`Measuring ${name} …\n`);
      await record(name, () => parts[name](portals));
    }
  } finally {
    for (const portal of portals) await portal.close();
  }
}

runBenchmark(run);
