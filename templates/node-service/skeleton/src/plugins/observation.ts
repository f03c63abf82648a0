import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '../metrics.js';
import { isOperational } from './operations.js';
import { pathOf } from './problems.js';

const REQUEST_ID = /^[\w.:-]{1,128}$/;
const TRACEPARENT = /^[\da-f]{2}-(?!0{32})([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/;

/** The caller's id when it is one, or else a new one. */
export function requestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given)
    ? given
    : randomUUID();
}

/** The active trace; without one, the trace that the caller named or a new
 * id, so that a request's log lines can always be found together. */
function traceId(headers: IncomingMessage['headers']): string {
  const active = trace.getActiveSpan()?.spanContext();
  if (active && isSpanContextValid(active)) {
    return active.traceId;
  }
  const { traceparent } = headers;
  const named =
    typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent) : null;
  return named?.[1] ?? randomBytes(16).toString('hex');
}

/** Puts the ids into every log line of a request, and into its answer. */
export function correlate(request: FastifyRequest, reply: FastifyReply): void {
  const span_id = trace.getActiveSpan()?.spanContext().spanId;
  request.log = reply.log = request.log.child({
    trace_id: traceId(request.headers),
    ...(span_id && { span_id }),
  });
  void reply.header('x-request-id', request.id);
}

/** Correlation ids, one log line and one measurement for each request. */
export function addObservation(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onRequest', (request, reply, done) => {
    correlate(request, reply);
    done();
  });

  app.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const route = request.is404 ? undefined : request.routeOptions.url;
    const status = reply.statusCode;
    const path = pathOf(request);
    const operational = isOperational(path);
    // The query may hold what no log should.
    request.log[operational ? 'debug' : 'info'](
      { method, route, path, status, duration_ms: reply.elapsedTime },
      'request completed',
    );
    // Probes are not the service's users: counting them would hide errors
    // behind quick successes.
    if (!operational) {
      metrics.requestDuration.record(reply.elapsedTime / 1000, {
        'http.request.method': method,
        'url.scheme': request.protocol,
        'http.response.status_code': status,
        ...(route && { 'http.route': route }),
        ...(status >= 500 && { 'error.type': String(status) }),
      });
    }
    done();
  });
}
