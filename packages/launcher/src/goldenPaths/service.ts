import assert from 'node:assert/strict';
import { freePort } from '../ports.ts';
import { Collector } from './collector.ts';
import type { Language } from './languages.ts';
import type { ExampleRequest } from './requests.ts';
import {
  development,
  get,
  requestId,
  RunningService,
  traceId,
} from './runningService.ts';
import { checkProcessMetrics, checkRefusal } from './promises.ts';
import type { Repository } from './step.ts';
import { useApi } from './workload.ts';

/** What a caller, an alert and a dashboard rely on. */
async function checkAnswers(
  service: RunningService,
  requests: ExampleRequest[],
): Promise<void> {
  await useApi(service, requests);
  assert.match(await get(`${service.url}/openapi.yaml`, 200), /^openapi: 3\.1/);
  // What alerts and dashboard ask for has to be there under these names.
  const metrics = await get(`${service.url}/metrics`, 200);
  for (const code of new Set(requests.map(({ status }) => status))) {
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
    ...development,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_COMPRESSION: 'none',
  });
  try {
    await service.whileRunning(async () => {
      await service.isReady();
      await checkAnswers(service, repository.template.requests);
      checkProcessMetrics(await get(`${service.url}/metrics`, 200), repository);
    });
  } finally {
    await collector.stop();
  }
  const line = service
    .logs()
    .find(
      one =>
        one.request_id === requestId &&
        one.status === repository.template.requests[0].status,
    );
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

/** What a service of a golden path promises while it runs. */
export async function checkService(
  repository: Repository,
  language: Language,
): Promise<void> {
  await checkServing(repository, language);
  await checkRefusal(repository, language, [
    'AUTH_ISSUER',
    'AUTH_AUDIENCE',
    'AUTH_JWKS_URL',
  ]);
}
