import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/** A process as it can be recognised later: process ids are used again, start times are not. */
export type ProcessIdentity = { pid: number; started: string };

function startTime(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name in parentheses may hold spaces; state is the first field after it, start time the 20th.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    }
    const line = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return line.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Identifies a running process, or undefined when there is none with this id. */
export function identify(pid: number): ProcessIdentity | undefined {
  const started = startTime(pid);
  return started ? { pid, started } : undefined;
}

/** True while that very process runs, and not another one that got its id. */
export function isAlive(identity: ProcessIdentity): boolean {
  return startTime(identity.pid) === identity.started;
}
