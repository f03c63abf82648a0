import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LaunchFailure } from '../failure.ts';
import { paths } from '../paths.ts';
import { portalPort } from '../ports.ts';
import { startNodeChild, type LeashedChild } from '../processes/child.ts';

/** Lets a Node process of ours require TypeScript. */
export const loadTypeScript = path.join(
  import.meta.dirname,
  'loadTypeScript.cjs',
);

async function isReady(port: number): Promise<boolean> {
  try {
    const response = await fetch(
      `http://127.0.0.1:${port}/.backstage/health/v1/readiness`,
      { signal: AbortSignal.timeout(2_000) },
    );
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Settles when a portal that somebody else starts is ready.
 *
 * @param signal - gives up; the promise then fails
 */
export async function untilReady(
  port: number,
  signal: AbortSignal,
): Promise<void> {
  while (!(await isReady(port))) await delay(500, undefined, { signal });
}

/** The portal's own words on why it ended, without the noise around them. */
async function lastWords(log: string): Promise<string> {
  const text = await fs.readFile(log, 'utf8').catch(() => '');
  const lines = text.trim().split('\n');
  const telling = lines.filter(line => /error|refuse|fail|throw/i.test(line));
  return (telling.length ? telling : lines).slice(-4).join('\n    ');
}

/**
 * Starts the backend, which serves the built frontend, and waits until it is ready.
 *
 * @param options.name - names the log; replicas beside each other need different ones
 * @param options.port - where `env` makes it listen
 * @param options.base - the configuration file of the repository it starts from
 * @param options.config - configuration files on top of that
 */
export async function startBackend(
  env: NodeJS.ProcessEnv,
  {
    name = 'portal',
    port = portalPort,
    base = 'app-config.yaml',
    config = [],
  }: { name?: string; port?: number; base?: string; config?: string[] } = {},
): Promise<LeashedChild> {
  const child = await startNodeChild({
    name,
    args: [
      '--no-node-snapshot',
      '--require',
      loadTypeScript,
      path.join(paths.root, 'packages', 'backend', 'src', 'index.ts'),
      '--config',
      path.join(paths.root, base),
      ...config.flatMap(file => ['--config', file]),
    ],
    env,
    cwd: path.join(paths.root, 'packages', 'backend'),
  });
  let ended: { code: number | null } | undefined;
  child.ended.then(code => {
    ended = { code };
  });
  const where = path.relative(paths.root, child.log);
  const deadline = Date.now() + 180_000;
  while (!(await isReady(port))) {
    if (ended) {
      throw new LaunchFailure(
        `The portal ended while it started:\n    ${await lastWords(child.log)}`,
        `The whole log is ${where}.`,
      );
    }
    if (Date.now() > deadline) {
      await child.stop();
      throw new LaunchFailure(
        'The portal was not ready within three minutes.',
        `Read ${where} for what it waits for.`,
      );
    }
    await delay(100);
  }
  return child;
}
