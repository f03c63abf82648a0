import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { freePort } from '../ports.ts';
import type { Language } from './languages.ts';
import { monitoring, readDashboards, rulesOf } from './monitoring.ts';
import { startOpenTelemetry } from './openTelemetry.ts';
import { RunningProgram } from './runningProgram.ts';
import { requestId, RunningService, traceId } from './runningService.ts';
import type { Repository } from './step.ts';
import type { Workload } from './workload.ts';

/** Asks the service every second, with the rules of the repository. */
async function startPrometheus(
  program: string,
  folder: string,
  repository: Repository,
  service: RunningService,
): Promise<{ prometheus: RunningProgram; url: string }> {
  const address = `127.0.0.1:${await freePort()}`;
  const config = path.join(folder, 'prometheus.yaml');
  await fs.writeFile(
    config,
    stringify({
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: (
        await rulesOf(repository)
      ).map(name => path.join(monitoring(repository), name)),
      scrape_configs: [
        {
          job_name: repository.answers.name,
          static_configs: [{ targets: [new URL(service.url).host] }],
        },
      ],
    }),
  );
  const prometheus = new RunningProgram(
    'Prometheus',
    program,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${path.join(folder, 'prometheus')}`,
      `--web.listen-address=${address}`,
    ],
    { cwd: folder },
  );
  const url = `http://${address}`;
  await prometheus.untilAnswers(`${url}/-/ready`);
  return { prometheus, url };
}

async function read<T>(url: string): Promise<T> {
  const response = await fetch(url);
  const answer = await response.json();
  assert.equal(answer.status, 'success', `${url}: ${answer.error}`);
  return answer.data;
}

/** How many series a query answers with. */
async function seriesOf(prometheus: string, query: string): Promise<number> {
  const { result } = await read<{ result: unknown[] }>(
    `${prometheus}/api/v1/query?${new URLSearchParams({ query })}`,
  );
  return result.length;
}

/** Each query of the dashboards, with what Grafana would put in. */
async function queriesOf(repository: Repository): Promise<string[]> {
  const dashboards = await readDashboards(repository);
  return dashboards.flatMap(({ panels }) =>
    panels.flatMap(({ targets }) =>
      targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '1m')),
    ),
  );
}

type Rules = {
  groups: {
    rules: { name: string; health: string; lastError?: string }[];
  }[];
};

/** Rules that could not be evaluated, and those that were not yet. */
async function ailingRules(prometheus: string): Promise<string[]> {
  const { groups } = await read<Rules>(`${prometheus}/api/v1/rules`);
  const rules = groups.flatMap(group => group.rules);
  assert.ok(rules.length > 0, 'there are rules');
  return rules
    .filter(({ health }) => health !== 'ok')
    .map(({ name, lastError }) => `${name} ${lastError ?? ''}`);
}

/**
 * Starts the service of a repository beside a real collector and a real
 * Prometheus: the collector understands its traces, metrics and logs, every
 * query of its dashboard has an answer, and every rule can be evaluated.
 */
export async function checkTelemetry(
  repository: Repository,
  language: Language,
  workload: Workload,
  programs: { otelcol: string; prometheus: string },
): Promise<void> {
  const folder = `${repository.folder}-telemetry`;
  await fs.rm(folder, { recursive: true, force: true });
  await fs.mkdir(folder, { recursive: true });
  const logs = path.join(folder, 'service.log');
  const { collector, url } = await startOpenTelemetry(
    programs.otelcol,
    folder,
    logs,
  );
  const service = new RunningService(repository, language, await freePort(), {
    ...workload.settings,
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
  });
  try {
    await service.isReady();
    const { prometheus, url: monitor } = await startPrometheus(
      programs.prometheus,
      folder,
      repository,
      service,
    );
    try {
      await workload.use(service);
      for (const query of await queriesOf(repository)) {
        await prometheus.until(`an answer to ${query}`, async () => {
          await workload.again(service);
          return (await seriesOf(monitor, query)) > 0;
        });
      }
      await prometheus.until(
        'each rule is evaluated',
        async () => (await ailingRules(monitor)).length === 0,
      );
    } finally {
      await prometheus.stop();
    }
    await service.stop();
    await fs.writeFile(logs, service.output);
    for (const [what, sign] of [
      ['the span of its work', `Trace ID       : ${traceId}`],
      ['its metrics', `Name: ${workload.metric}`],
      ['its logs', `request_id: Str(${requestId})`],
    ]) {
      await collector.until(`${what} is understood`, () =>
        collector.output.includes(sign),
      );
    }
  } finally {
    await service.stop();
    await collector.stop();
  }
}
