import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { LogLine } from './support.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The real service in a process of its own, on a free port. */
export function startService(env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: '0',
      AUTH_MODE: 'disabled',
      SHUTDOWN_DELAY_MS: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const logs = () =>
    output
      .split('\n')
      .slice(0, -1)
      .map(line => JSON.parse(line) as LogLine);

  async function logged(msg: string): Promise<LogLine> {
    for (let waited = 0; waited < 10_000; waited += 20) {
      const line = logs().find(candidate => candidate['msg'] === msg);
      if (line) {
        return line;
      }
      await sleep(20);
    }
    child.kill('SIGKILL');
    throw new Error(`"${msg}" was not logged:\n${output}`);
  }

  return {
    logs,
    logged,
    exitCode: once(child, 'close').then(([code]) => code as number | null),
    signal: (name: NodeJS.Signals) => child.kill(name),
    /** Resolves to the port as soon as the service is ready. */
    async ready(): Promise<number> {
      const line = await logged('ready');
      return (line['addresses'] as { port: number }[])[0]?.port ?? 0;
    },
  };
}
