import fs from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { freePort } from '../ports.ts';
import { RunningProgram } from './runningProgram.ts';

/**
 * Starts a real OpenTelemetry Collector, which shows in its output all that it
 * understood of what is sent to it by OTLP over HTTP.
 *
 * @param folder - where its configuration is written
 * @param logs - a file whose lines it reads as well
 */
export async function startOpenTelemetry(
  program: string,
  folder: string,
  logs?: string,
): Promise<{ collector: RunningProgram; url: string }> {
  const endpoint = `127.0.0.1:${await freePort()}`;
  const config = path.join(folder, 'collector.yaml');
  const pipeline = (receiver: string) => ({
    receivers: [receiver],
    exporters: ['debug'],
  });
  const filelog = {
    include: [logs],
    start_at: 'beginning',
    poll_interval: '100ms',
    operators: [{ type: 'json_parser' }],
  };
  await fs.writeFile(
    config,
    stringify({
      receivers: {
        otlp: { protocols: { http: { endpoint } } },
        ...(logs && { filelog }),
      },
      exporters: {
        debug: { verbosity: 'detailed', use_internal_logger: false },
      },
      service: {
        telemetry: { metrics: { level: 'none' } },
        pipelines: {
          traces: pipeline('otlp'),
          metrics: pipeline('otlp'),
          ...(logs && { logs: pipeline('filelog') }),
        },
      },
    }),
  );
  const collector = new RunningProgram(
    'The collector',
    program,
    ['--config', config],
    { cwd: folder },
  );
  await collector.until('it is ready', () =>
    collector.errors.includes('Everything is ready'),
  );
  return { collector, url: `http://${endpoint}` };
}
