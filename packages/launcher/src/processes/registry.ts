import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LaunchFailure } from '../failure.ts';
import { paths } from '../paths.ts';
import { identify, isAlive, type ProcessIdentity } from './identity.ts';

const launcherFile = () => path.join(paths.run, 'launcher.json');

async function read(file: string): Promise<ProcessIdentity | undefined> {
  try {
    return JSON.parse(await fs.readFile(file, 'utf8'));
  } catch {
    // A file cut short by a kill says nothing that could be trusted.
    return undefined;
  }
}

async function stopLeftover(identity: ProcessIdentity): Promise<void> {
  if (!isAlive(identity)) return;
  process.kill(identity.pid, 'SIGTERM');
  for (let waited = 0; waited < 5_000 && isAlive(identity); waited += 100) {
    await delay(100);
  }
  if (isAlive(identity)) process.kill(identity.pid, 'SIGKILL');
}

/** Writes down a process that must not outlive this launcher. */
export async function remember(name: string, pid: number): Promise<void> {
  const identity = identify(pid);
  if (!identity) return;
  await fs.mkdir(paths.run, { recursive: true });
  await fs.writeFile(
    path.join(paths.run, `${name}.json`),
    JSON.stringify(identity),
  );
}

/** Forgets a process that has ended. */
export async function forget(name: string): Promise<void> {
  await fs.rm(path.join(paths.run, `${name}.json`), { force: true });
}

/**
 * Makes this process the only launcher of the tree, and ends what a killed
 * launcher left running.
 *
 * @throws LaunchFailure when another launcher is alive
 */
export async function becomeOnlyLauncher(): Promise<void> {
  await fs.mkdir(paths.run, { recursive: true });
  const other = await read(launcherFile());
  if (other && other.pid !== process.pid && isAlive(other)) {
    throw new LaunchFailure(
      `Waymark already runs from this folder (process ${other.pid}).`,
      `Open the address it printed, or stop it first: kill ${other.pid}`,
    );
  }
  for (const name of await fs.readdir(paths.run)) {
    const file = path.join(paths.run, name);
    const leftover = file === launcherFile() ? undefined : await read(file);
    if (leftover) await stopLeftover(leftover);
    await fs.rm(file, { force: true, recursive: true });
  }
  await remember('launcher', process.pid);
}
