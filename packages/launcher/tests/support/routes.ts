import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { paths } from '../../src/paths.ts';

/** Asks the running portal for every route it serves, as "METHOD /path/:parameter". */
export async function routesOfPortal(): Promise<string[]> {
  const file = process.env.WAYMARK_ROUTES_FILE;
  if (!file) {
    throw new Error(
      'The portal was started without recordRoutes.cjs; run this through npm test.',
    );
  }
  const identity = await fs.readFile(
    path.join(paths.run, 'portal.json'),
    'utf8',
  );
  await fs.rm(file, { force: true });
  process.kill(JSON.parse(identity).pid, 'SIGUSR2');
  for (let tries = 0; tries < 200; tries += 1) {
    const routes = await fs.readFile(file, 'utf8').catch(() => undefined);
    if (routes) return JSON.parse(routes);
    await delay(50);
  }
  throw new Error('The portal did not write its routes within ten seconds.');
}
