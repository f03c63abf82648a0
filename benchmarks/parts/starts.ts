import fs from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Portal } from '../portals/portal.ts';
import type { Row } from '../results.ts';

const rounds = 3;
/** A cold start costs a whole ingestion of the demo organisation. */
const coldRounds = 3;
/** Long enough for the demo organisation to be read and the first collection to be done. */
const idleSeconds = 10;

/** Resident and highest resident memory of a process, in MB of a million bytes. */
async function memoryOf(
  pid: number,
): Promise<{ resident: number; peak: number }> {
  const status = await fs.readFile(`/proc/${pid}/status`, 'utf8');
  const read = (field: string) =>
    (Number(status.match(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm'))?.[1]) *
      1024) /
    1e6;
  return { resident: read('VmRSS'), peak: read('VmHWM') };
}

/** Cold and warm starts of the backend, and its memory after the warm one. */
export async function measureStarts(portals: Portal[]) {
  const row = (name: string, unit: Row['unit']): Row => ({
    name,
    unit,
    waymark: [],
    vanilla: [],
  });
  const cold = row('Cold start, until ready', 's');
  const warm = row('Warm start, until ready', 's');
  const processor = row('Processor time of a warm start', 's');
  const resident = row(`Resident memory, ${idleSeconds} s after ready`, 'MB');
  const peak = row('Highest resident memory until then', 'MB');

  for (let round = 0; round < rounds; round += 1) {
    for (const portal of round < coldRounds ? portals : []) {
      await portal.empty();
      const backend = await portal.start();
      cold[portal.name].push(backend.secondsUntilReady);
      // What the first start began, it finishes; the warm start is to find it done.
      await delay(3_000);
      await backend.stop();
    }
    for (const portal of portals) {
      const backend = await portal.start();
      warm[portal.name].push(backend.secondsUntilReady);
      processor[portal.name].push(backend.processorSeconds);
      await delay(idleSeconds * 1_000);
      const memory = await memoryOf(backend.pid);
      resident[portal.name].push(memory.resident);
      peak[portal.name].push(memory.peak);
      await backend.stop();
    }
  }
  return {
    title: 'Starts and memory',
    method: `${rounds} warm starts of each, ${coldRounds} cold, the portals in turn. From the start of the backend’s process until readiness says yes; PostgreSQL runs already and both frontends are built. Cold: empty database, empty cache. Warm: the same data again. Both read the demo organisation. Processor time is that of the backend’s process with all its threads: what the machine had to do, however long others made it wait. Memory is that of the backend’s process alone, without PostgreSQL.`,
    rows: [cold, warm, processor, resident, peak],
  };
}
