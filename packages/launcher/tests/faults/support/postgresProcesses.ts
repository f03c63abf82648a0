import fs from 'node:fs/promises';
import path from 'node:path';

async function postmaster(home: string): Promise<number> {
  const file = path.join(home, 'data', 'postgres', '18', 'postmaster.pid');
  return Number.parseInt(await fs.readFile(file, 'utf8'), 10);
}

async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await fs.readdir('/proc')).filter(name => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async pid => {
      const stat = await fs
        .readFile(`/proc/${pid}/stat`, 'utf8')
        .catch(() => '');
      // The name in parentheses may hold spaces; the parent is the second field after it.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(fields[1]) === parent ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}

/** Sends a signal to the server of this home, the parent first, then every worker. */
export async function signalPostgres(
  home: string,
  signal: NodeJS.Signals,
): Promise<void> {
  const parent = await postmaster(home);
  process.kill(parent, signal);
  for (const child of await childrenOf(parent)) {
    try {
      process.kill(child, signal);
    } catch {
      // It ended in the meantime.
    }
  }
}

/** Kills the server as a crash would; its workers notice by themselves. */
export async function killPostgres(home: string): Promise<void> {
  process.kill(await postmaster(home), 'SIGKILL');
}
