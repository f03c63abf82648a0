import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { requireFreePort } from '../../packages/launcher/src/ports.ts';
import { startNodeChild } from '../../packages/launcher/src/processes/child.ts';
import { folder, root } from '../settings.ts';
import type { RunningBackend } from './portal.ts';

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/.backstage/health/v1/readiness`, {
    signal: AbortSignal.timeout(2_000),
  }).then(
    response => response.ok,
    () => false,
  );
}

/** What the kernel counted for a process and all its threads, in seconds. */
async function processorSeconds(pid: number): Promise<number> {
  const stat = await fs.readFile(`/proc/${pid}/stat`, 'utf8');
  // After the name, which may hold spaces; user and system time in hundredths of a second.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/**
 * Starts the backend of a Backstage repository and measures how long it takes
 * until it is ready. Both portals go through here, so both are measured alike.
 *
 * @throws when it ends before it is ready, or is not ready in three minutes
 */
export async function startMeasured(options: {
  name: string;
  url: string;
  repository: string;
  /** Lets Node require TypeScript. */
  loader: string;
  configs: string[];
  env: NodeJS.ProcessEnv;
}): Promise<RunningBackend> {
  const backend = path.join(options.repository, 'packages', 'backend');
  // Another program that answers there would be measured instead.
  await requireFreePort(
    Number(new URL(options.url).port),
    options.name,
    'WAYMARK_PORT',
  );
  const started = performance.now();
  const child = await startNodeChild({
    name: options.name,
    args: [
      '--no-node-snapshot',
      '--require',
      options.loader,
      path.join(backend, 'src', 'index.ts'),
      ...options.configs.flatMap(file => ['--config', file]),
    ],
    env: options.env,
    cwd: backend,
  });
  let over = false;
  child.ended.then(() => {
    over = true;
  });
  while (!(await isReady(options.url))) {
    if (over || performance.now() - started > 180_000) {
      await child.stop();
      throw new Error(`${options.name} was not ready. Its log is ${child.log}`);
    }
    await delay(50);
  }
  const secondsUntilReady = (performance.now() - started) / 1000;
  const pid = child.process.pid ?? 0;
  return {
    pid,
    secondsUntilReady,
    processorSeconds: await processorSeconds(pid),
    stop: () => child.stop(),
  };
}

const restSeconds = 5;
/** A backend that does nothing for others still looks at its queues and its health. */
const idleShare = 0.1;
const longestRestMs = 180_000;

/**
 * Settles when no backend works for itself any more. Each has work of its own
 * after a start, at other moments than the other: docs, search, the catalog.
 */
export async function untilAtRest(backends: RunningBackend[]): Promise<void> {
  const spent = () =>
    Promise.all(backends.map(one => processorSeconds(one.pid)));
  const started = performance.now();
  let before = await spent();
  while (performance.now() - started < longestRestMs) {
    await delay(restSeconds * 1000);
    const now = await spent();
    const least = before;
    if (now.every((one, i) => one - least[i] < restSeconds * idleShare)) return;
    before = now;
  }
}

/** Writes the configuration of one start: the demo organisation and the given catalog files. */
export async function writeCatalogConfig(
  name: string,
  catalogFiles: string[],
  more: Record<string, unknown> = {},
): Promise<string> {
  const rules = [
    {
      allow: [
        'Location',
        'Domain',
        'System',
        'Component',
        'API',
        'Resource',
        'Group',
        'User',
      ],
    },
  ];
  const files = [path.join(root, 'catalog', 'all.yaml'), ...catalogFiles];
  const config = path.join(folder, `${name}.config.yaml`);
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(
    config,
    JSON.stringify({
      ...more,
      catalog: {
        locations: files.map(target => ({ type: 'file', target, rules })),
      },
    }),
  );
  return config;
}
