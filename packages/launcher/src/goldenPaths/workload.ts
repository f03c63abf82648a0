import assert from 'node:assert/strict';
import {
  development,
  get,
  requestId,
  traceId,
  type RunningService,
} from './runningService.ts';

/** What makes a service busy, so that it has something to tell. */
export type Workload = {
  /** What the service is told, beside where it listens. */
  settings: NodeJS.ProcessEnv;
  /** Uses the service as others do; part of it has the trace and the id that tests look for. */
  use(service: RunningService): Promise<void>;
  /** Gives it something to do once more. */
  again(service: RunningService): Promise<void>;
  /** What it measures of each piece of work, as OpenTelemetry names it. */
  metric: string;
  stop(): Promise<void>;
};

/** Uses the example of the API document as a caller would. */
export async function useApi(service: RunningService): Promise<void> {
  assert.deepEqual(JSON.parse(await get(`${service.url}/health`, 200)), {
    status: 'ok',
  });
  const created = await fetch(`${service.url}/v1/entries`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-request-id': requestId,
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    },
    body: JSON.stringify({ key: 'opening-hours', text: '9 to 5' }),
  });
  assert.equal(created.status, 201);
  assert.equal(created.headers.get('x-request-id'), requestId);
  assert.match(
    await get(`${service.url}/v1/entries/opening-hours`, 200),
    /"text": ?"9 to 5"/,
  );
  assert.match(
    await get(`${service.url}/v1/entries/absent`, 404),
    /"requestId"/,
  );
}

/** Requests to a service with an API. */
export const requests: Workload = {
  settings: development,
  use: useApi,
  async again(service) {
    await fetch(`${service.url}/v1/entries/opening-hours`);
  },
  metric: 'http.server.request.duration',
  stop: async () => undefined,
};
