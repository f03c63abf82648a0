import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { LaunchFailure } from '../failure.ts';
import { paths } from '../paths.ts';
import { forget, remember } from './registry.ts';

const leash = path.join(import.meta.dirname, 'leash.cjs');

/** A Node process of ours that lives as long as this launcher does. */
export type LeashedChild = {
  process: ChildProcess;
  log: string;
  /** Settles with the exit code when the process ends, for whatever reason. */
  ended: Promise<number | null>;
  /** Asks the process to end and waits; kills it after the grace period. */
  stop(graceMs?: number): Promise<void>;
};

/** Starts a Node process whose output goes to a log, and which ends when the launcher does. */
export async function startNodeChild(options: {
  name: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd?: string;
  /** Shows the output instead of writing it to the log. */
  inherit?: boolean;
}): Promise<LeashedChild> {
  const log = path.join(paths.logs, `${options.name}.log`);
  fs.mkdirSync(paths.logs, { recursive: true });
  const out = options.inherit ? 'inherit' : fs.openSync(log, 'w');
  const child = spawn(process.execPath, ['--require', leash, ...options.args], {
    cwd: options.cwd ?? paths.root,
    env: options.env,
    stdio: ['ignore', out, out, 'ipc'],
    // Its own group: Ctrl-C reaches the launcher alone, which then stops things in order.
    detached: !options.inherit,
  });
  if (typeof out === 'number') fs.closeSync(out);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', error =>
      reject(
        new LaunchFailure(
          `${options.name} could not start: ${error.message}`,
          `Read ${path.relative(paths.root, log)}.`,
        ),
      ),
    );
    child.once('exit', code => resolve(code));
  });
  if (child.pid) await remember(options.name, child.pid);
  return {
    process: child,
    log,
    ended,
    async stop(graceMs = 15_000) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(timer);
      await forget(options.name);
    },
  };
}
