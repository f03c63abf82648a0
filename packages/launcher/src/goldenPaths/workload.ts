import assert from 'node:assert/strict';
import type { ExampleRequest } from './requests.ts';
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

/** Sends one of the example's requests. */
export function send(
  service: RunningService,
  { path, body }: ExampleRequest,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(
    `${service.url}${path}`,
    body === undefined
      ? { headers }
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        },
  );
}

async function ask(
  service: RunningService,
  request: ExampleRequest,
  headers?: Record<string, string>,
): Promise<Response> {
  const response = await send(service, request, headers);
  const text = await response.text();
  assert.equal(response.status, request.status, `${request.path}: ${text}`);
  assert.match(text, new RegExp(request.answer));
  return response;
}

/** Uses the example of the API document as a caller would. */
export async function useApi(
  service: RunningService,
  [first, ...others]: ExampleRequest[],
): Promise<void> {
  assert.deepEqual(JSON.parse(await get(`${service.url}/health`, 200)), {
    status: 'ok',
  });
  const answered = await ask(service, first, {
    'x-request-id': requestId,
    traceparent: `00-${traceId}-b7ad6b7169203331-01`,
  });
  assert.equal(answered.headers.get('x-request-id'), requestId);
  for (const request of others) await ask(service, request);
}

/** Requests to a service with an API. */
export const callsWith = (requests: ExampleRequest[]): Workload => ({
  settings: development,
  use: service => useApi(service, requests),
  // Too many requests are refused, and no matter.
  async again(service) {
    const request = requests.findLast(({ status }) => status < 300);
    if (request) await send(service, request);
  },
  metric: 'http.server.request.duration',
  stop: async () => undefined,
});
