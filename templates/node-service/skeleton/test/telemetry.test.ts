import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { startService } from './child.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const received = new Map<string, Buffer>();
const collector = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request
    .on('data', (chunk: Buffer) => chunks.push(chunk))
    .on('end', () => {
      received.set(request.url ?? '', Buffer.concat(chunks));
      response.end();
    });
});

before(async () => {
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
});
after(() => {
  collector.close();
  collector.closeAllConnections();
});

test('sends the spans and metrics of requests, but not of probes', async () => {
  const { port: collectorPort } = collector.address() as AddressInfo;
  const service = startService({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collectorPort}`,
    // What was read must be sent on the way out, not on a timer.
    OTEL_BSP_SCHEDULE_DELAY: '60000',
  });
  const port = await service.ready();
  await fetch(`http://127.0.0.1:${port}/health`);
  await fetch(`http://127.0.0.1:${port}/v1/entries/absent`, {
    headers: { traceparent: `00-${TRACE}-b7ad6b7169203331-01` },
  });
  service.signal('SIGTERM');
  assert.equal(await service.exitCode, 0);

  const spans = received.get('/v1/traces');
  assert.ok(spans);
  assert.ok(spans.includes(Buffer.from(TRACE, 'hex')));
  assert.ok(spans.includes('GET /v1/entries/:key'));
  assert.ok(!spans.includes('/health'));
  const metrics = received.get('/v1/metrics');
  assert.ok(metrics?.includes('http.server.request.duration'));

  const line = await service.logged('request completed');
  assert.equal(line['trace_id'], TRACE);
  assert.match(String(line['span_id']), /^[\da-f]{16}$/);
});
