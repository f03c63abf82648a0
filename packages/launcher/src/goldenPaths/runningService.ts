import assert from 'node:assert/strict';
import path from 'node:path';
import type { Language } from './languages.ts';
import { RunningProgram } from './runningProgram.ts';
import type { Repository } from './step.ts';

/** Names the trace of a request, as whoever called would. */
export const traceId = '0af7651916cd43dd8448eb211c80319c';

/** Names that request. */
export const requestId = 'template-test-1';

/** What makes a service run as on the machine of whoever works on it. */
export const development = {
  APP_ENV: 'development',
  NODE_ENV: 'development',
  AUTH_MODE: 'disabled',
  LOG_LEVEL: 'info',
};

export async function get(url: string, status: number): Promise<string> {
  const response = await fetch(url);
  assert.equal(response.status, status, url);
  return response.text();
}

/** The service of a repository, in a process of its own. */
export class RunningService extends RunningProgram {
  readonly url: string;

  constructor(
    repository: Repository,
    { start }: Language,
    port: number,
    env: NodeJS.ProcessEnv,
  ) {
    super(
      repository.name,
      path.isAbsolute(start.program)
        ? start.program
        : path.join(repository.folder, start.program),
      start.args,
      {
        cwd: repository.folder,
        env: {
          PATH: process.env.PATH,
          HOST: '127.0.0.1',
          PORT: String(port),
          SHUTDOWN_DELAY_MS: '0',
          ...start.env,
          ...env,
        },
      },
    );
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Each line it wrote; a line that is no JSON fails. */
  logs(): Record<string, unknown>[] {
    assert.equal(this.errors, '', 'logs belong on standard output, in JSON');
    return this.output
      .split('\n')
      .filter(line => line)
      .map(line => JSON.parse(line));
  }

  /**
   * Does something with it, then has it end as whoever runs it would.
   *
   * @throws what went wrong while it ran, before anything about its end
   */
  async whileRunning(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      await this.stop();
      throw error;
    }
    assert.equal(await this.stop(), 0, 'its exit code on SIGTERM');
  }

  isReady(): Promise<void> {
    return this.untilAnswers(`${this.url}/ready`);
  }
}
