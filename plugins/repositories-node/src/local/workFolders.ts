import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const prefix = '.work';
// No publishing takes this long, so whoever owned the folder is gone.
const abandonedAfterMs = 15 * 60_000;

// The host's name takes part, since several machines may share the disk.
function ownPrefix(pid: number): string {
  return `${prefix}~${os.hostname()}~${pid}~`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive as well.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isAbandoned(folder: string): Promise<boolean> {
  const [, host, pid] = path.basename(folder).split('~');
  if (host === os.hostname()) {
    const owner = Number(pid);
    // At the start this process has made nothing yet: a folder with its number is another's.
    return owner === process.pid || !isAlive(owner);
  }
  const { mtimeMs } = await fs.stat(folder);
  return Date.now() - mtimeMs > abandonedAfterMs;
}

/** A path that is free, beside the repositories, so that renaming it is one step. */
export function newWorkFolder(directory: string): string {
  return path.join(directory, `${ownPrefix(process.pid)}${randomUUID()}`);
}

/**
 * Removes what killed processes left half done. To be called before this
 * process makes work folders of its own.
 *
 * @returns how many there were
 */
export async function removeAbandonedWork(directory: string): Promise<number> {
  const names = await fs.readdir(directory);
  const folders = names
    .filter(name => name.startsWith(`${prefix}~`))
    .map(name => path.join(directory, name));
  const abandoned = await Promise.all(
    folders.map(async folder => ({
      folder,
      // Gone in between: another process was faster.
      gone: await isAbandoned(folder).catch(() => false),
    })),
  );
  const removed = abandoned.filter(({ gone }) => gone);
  await Promise.all(
    removed.map(({ folder }) =>
      fs.rm(folder, { recursive: true, force: true }),
    ),
  );
  return removed.length;
}
