import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { policiesFolder } from './compiledFolder';

/** The program, when it is on this machine; `npm test` builds it where Go is. */
export function findOpa(): string | undefined {
  return [process.env.WAYMARK_OPA, 'opa'].find(
    program => program && spawnSync(program, ['version']).status === 0,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A server of Open Policy Agent with the rules of this repository. */
export async function startOpaServer(program: string) {
  const port = await freePort();
  const url = new URL(`http://127.0.0.1:${port}`);
  const child = spawn(
    program,
    [
      ...['run', '--server', '--addr', url.host, '--log-level', 'error'],
      ...['--disable-telemetry', '--bundle', policiesFolder],
    ],
    { stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  const isReady = () =>
    fetch(new URL('/health?bundles', url)).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error('OPA ended at its start');
    await delay(50);
  }
  return {
    url,
    async stop() {
      child.kill();
      await ended;
    },
  };
}
