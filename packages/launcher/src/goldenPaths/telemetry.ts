import fs from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '../ports.ts';
import type { Language } from './languages.ts';
import { startOpenTelemetry } from './openTelemetry.ts';
import { RunningPrometheus } from './runningPrometheus.ts';
import { requestId, RunningService, traceId } from './runningService.ts';
import type { Repository } from './step.ts';
import type { Workload } from './workload.ts';

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
    const prometheus = await RunningPrometheus.start(
      programs.prometheus,
      folder,
      repository,
      [
        {
          job_name: repository.answers.name,
          static_configs: [{ targets: [new URL(service.url).host] }],
        },
      ],
    );
    try {
      await workload.use(service);
      await prometheus.untilQueriesAnswer(() => workload.again(service));
      await prometheus.untilRulesAreEvaluated();
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
