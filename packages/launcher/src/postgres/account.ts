import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { LaunchFailure } from '../failure.ts';

/** How to run a program as the account that owns the database files. */
export type Account = {
  uid?: number;
  gid?: number;
  /** Command and arguments with which the program is run as that account. */
  command(program: string, args: string[]): [string, string[]];
};

function lookUp(name: string): { uid: number; gid: number } | undefined {
  const line = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(entry => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/**
 * PostgreSQL refuses to run as root. As root (in a container, mostly) it runs as
 * `postgres` or `nobody`, which may not pass through the folders above the
 * repository; `setpriv` lends it the one capability for that.
 */
export function databaseAccount(): Account {
  if (process.getuid?.() !== 0) {
    return { command: (program, args) => [program, args] };
  }
  const account = lookUp('postgres') ?? lookUp('nobody');
  if (!account) {
    throw new LaunchFailure(
      'PostgreSQL cannot run as root, and this machine has neither a postgres nor a nobody account.',
      'Run Waymark as an ordinary user.',
    );
  }
  const identity = [
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
  ];
  const passage = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  for (const options of [[...identity, ...passage], identity]) {
    try {
      execFileSync('setpriv', [...options, 'true'], { stdio: 'ignore' });
      return {
        ...account,
        command: (program, args) => ['setpriv', [...options, program, ...args]],
      };
    } catch {
      // This kernel or container does not lend capabilities: try without.
    }
  }
  throw new LaunchFailure(
    'PostgreSQL cannot run as root, and setpriv, which would run it as another account, does not work here.',
    'Install util-linux, or run Waymark as an ordinary user.',
  );
}
