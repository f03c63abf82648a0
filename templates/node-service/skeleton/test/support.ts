import { Writable } from 'node:stream';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { buildApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { Lifecycle } from '../src/lifecycle.js';
import { createLogger } from '../src/logger.js';
import { createMetrics } from '../src/metrics.js';

export type LogLine = Record<string, unknown>;

/** The application as `main.ts` builds it, without a port and a process. */
export async function testApp(env: NodeJS.ProcessEnv = {}) {
  const config = readConfig({
    NODE_ENV: 'test',
    AUTH_MODE: 'disabled',
    LOG_LEVEL: 'debug',
    ...env,
  });
  const logs: LogLine[] = [];
  const logger = createLogger(
    config.logLevel,
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        logs.push(JSON.parse(chunk.toString()) as LogLine);
        done();
      },
    }),
  );
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({ readers: [exporter] });
  const lifecycle = new Lifecycle();
  const app = await buildApp({
    config,
    logger,
    lifecycle,
    metrics: createMetrics(provider.getMeter('test'), exporter),
  });
  return { app, lifecycle, logs };
}

export type TestApp = Awaited<ReturnType<typeof testApp>>['app'];

export function createEntry(app: TestApp, key: string, text = 'text') {
  return app.inject({
    method: 'POST',
    url: '/v1/entries',
    payload: { key, text },
  });
}
