import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LaunchFailure } from '../failure.ts';
import { freePort } from '../ports.ts';
import { Collector } from './collector.ts';
import type { Language } from './languages.ts';
import type { Repository } from './step.ts';

/** How long a service may take to answer, on a machine that does other things as well. */
const patienceMs = 30_000;

const traceId = '0af7651916cd43dd8448eb211c80319c';

/** The service of a repository, in a process of its own. */
class RunningService {
  readonly url: string;
  readonly ended: Promise<number | null>;
  readonly #child: ReturnType<typeof spawn>;
  #output = '';
  #errors = '';

  constructor(
    repository: Repository,
    { start }: Language,
    port: number,
    env: NodeJS.ProcessEnv,
  ) {
    this.url = `http://127.0.0.1:${port}`;
    const program = path.isAbsolute(start.program)
      ? start.program
      : path.join(repository.folder, start.program);
    this.#child = spawn(program, start.args, {
      cwd: repository.folder,
      env: {
        PATH: process.env.PATH,
        HOST: '127.0.0.1',
        PORT: String(port),
        SHUTDOWN_DELAY_MS: '0',
        ...start.env,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.setEncoding('utf8').on('data', text => {
      this.#output += text;
    });
    this.#child.stderr?.setEncoding('utf8').on('data', text => {
      this.#errors += text;
    });
    this.ended = once(this.#child, 'close').then(([code]) => code);
  }

  /** Each line it wrote; a line that is no JSON fails. */
  logs(): Record<string, unknown>[] {
    assert.equal(this.#errors, '', 'logs belong on standard output, in JSON');
    return this.#output
      .split('\n')
      .filter(line => line)
      .map(line => JSON.parse(line));
  }

  async answers(): Promise<void> {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline && this.#child.exitCode === null) {
      const response = await fetch(`${this.url}/ready`).catch(() => undefined);
      if (response?.ok) return;
      await sleep(20);
    }
    throw new LaunchFailure(
      `The service did not become ready:\n${this.#output}${this.#errors}`,
      'Correct the template.',
    );
  }

  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), patienceMs);
    const code = await this.ended;
    clearTimeout(timer);
    return code;
  }
}

async function get(url: string, status: number): Promise<string> {
  const response = await fetch(url);
  assert.equal(response.status, status, url);
  return response.text();
}

/** Uses the example of the API document as a caller would. */
async function useIt({ url }: RunningService): Promise<void> {
  assert.deepEqual(JSON.parse(await get(`${url}/health`, 200)), {
    status: 'ok',
  });
  const created = await fetch(`${url}/v1/entries`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-request-id': 'template-test-1',
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    },
    body: JSON.stringify({ key: 'opening-hours', text: '9 to 5' }),
  });
  assert.equal(created.status, 201);
  assert.equal(created.headers.get('x-request-id'), 'template-test-1');
  assert.match(
    await get(`${url}/v1/entries/opening-hours`, 200),
    /"text": ?"9 to 5"/,
  );
  assert.match(await get(`${url}/v1/entries/absent`, 404), /"requestId"/);
  assert.match(await get(`${url}/openapi.yaml`, 200), /^openapi: 3\.1/);
  // What alerts and dashboard ask for has to be there under these names.
  const metrics = await get(`${url}/metrics`, 200);
  for (const code of [200, 201, 404]) {
    assert.match(
      metrics,
      new RegExp(
        `^http_server_request_duration_seconds_count\\{.*http_response_status_code="${code}".*\\} \\d`,
        'm',
      ),
    );
  }
  assert.match(
    metrics,
    /^http_server_request_duration_seconds_bucket\{.*le="0\.5".*\} \d/m,
  );
}

/** Every metric that the dashboard takes for the process is exposed. */
function checkProcessMetrics(metrics: string, repository: Repository): void {
  const names = Object.values(repository.template.constants.metrics ?? {});
  for (const name of names) {
    assert.match(metrics, new RegExp(`^${name}(\\{.*\\})? [\\d.e+-]+$`, 'm'));
  }
}

/**
 * Starts the service of a repository as in development, uses it, and looks at
 * what it tells: answers, metrics, logs, what it sends to a collector, its end.
 */
async function checkServing(
  repository: Repository,
  language: Language,
): Promise<void> {
  const collector = await Collector.start();
  const service = new RunningService(repository, language, await freePort(), {
    APP_ENV: 'development',
    NODE_ENV: 'development',
    AUTH_MODE: 'disabled',
    LOG_LEVEL: 'info',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_COMPRESSION: 'none',
  });
  try {
    await service.answers();
    await useIt(service);
    checkProcessMetrics(await get(`${service.url}/metrics`, 200), repository);
  } finally {
    assert.equal(await service.stop(), 0, 'its exit code on SIGTERM');
    await collector.stop();
  }
  const line = service
    .logs()
    .find(one => one.request_id === 'template-test-1' && one.status === 201);
  assert.equal(line?.trace_id, traceId, 'the trace id of a request in its log');
  const sent = (to: string) =>
    Buffer.concat(
      collector.received.filter(one => one.path === to).map(one => one.body),
    );
  assert.ok(
    sent('/v1/traces').includes(Buffer.from(traceId, 'hex')),
    'its spans reach a collector',
  );
  assert.ok(
    sent('/v1/metrics').includes('http.server.request.duration'),
    'its metrics reach a collector',
  );
}

/** In production a service that was told nothing must refuse to run, and say why. */
async function checkRefusal(
  repository: Repository,
  language: Language,
): Promise<void> {
  const service = new RunningService(repository, language, await freePort(), {
    APP_ENV: 'production',
    NODE_ENV: 'production',
  });
  const timer = setTimeout(() => service.stop(), patienceMs);
  assert.equal(await service.ended, 1, 'its exit code without settings');
  clearTimeout(timer);
  const problems = service.logs().flatMap(line => line.problems ?? []);
  for (const name of ['AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_JWKS_URL']) {
    assert.ok(
      problems.some(problem => String(problem).startsWith(`${name}: `)),
      `${name} is among the problems`,
    );
  }
}

/** What a service of a golden path promises while it runs. */
export async function checkService(
  repository: Repository,
  language: Language,
): Promise<void> {
  await checkServing(repository, language);
  await checkRefusal(repository, language);
}
