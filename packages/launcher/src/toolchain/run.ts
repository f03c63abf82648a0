import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { LaunchFailure } from '../failure.ts';
import { paths } from '../paths.ts';

/** Runs a tool to its end with its output in a log; fails with the log's last lines. */
export async function runLogged(
  name: string,
  program: string,
  args: string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string; remedy: string },
): Promise<void> {
  await fs.mkdir(paths.logs, { recursive: true });
  const log = path.join(paths.logs, `${name}.log`);
  const file = await fs.open(log, 'w');
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? paths.root,
      env: options.env ?? process.env,
      stdio: ['ignore', file.fd, file.fd],
    });
    child.once('error', reject);
    child.once('exit', resolve);
  }).finally(() => file.close());
  if (code === 0) return;
  const words = await fs.readFile(log, 'utf8');
  const where = path.relative(paths.root, log);
  if (/ENOSPC|No space left/i.test(words)) {
    throw new LaunchFailure(
      `${name} stopped: the disk is full.`,
      'Free about 4 GB on this disk and run the same command again.',
    );
  }
  const last = words.trim().split('\n').slice(-6).join('\n    ');
  throw new LaunchFailure(
    `${name} failed (exit code ${code}):\n    ${last}`,
    `${options.remedy} Details: ${where}`,
  );
}
