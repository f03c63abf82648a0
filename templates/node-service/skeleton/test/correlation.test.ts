import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testApp } from './support.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';

async function correlate(headers: Record<string, string>) {
  const { app, logs } = await testApp();
  const response = await app.inject({
    url: '/v1/entries?cursor=secret',
    headers,
  });
  const lines = logs.filter(line => 'request_id' in line);
  assert.ok(lines.length > 0);
  for (const line of lines) {
    assert.equal(line['request_id'], response.headers['x-request-id']);
    assert.match(String(line['trace_id']), /^[\da-f]{32}$/);
    assert.doesNotMatch(JSON.stringify(line), /cursor/);
  }
  return {
    requestId: response.headers['x-request-id'],
    traceId: lines[0]?.['trace_id'],
  };
}

test('takes over the ids of the caller', async () => {
  assert.deepEqual(
    await correlate({
      'x-request-id': 'call-7',
      traceparent: `00-${TRACE}-b7ad6b7169203331-01`,
    }),
    { requestId: 'call-7', traceId: TRACE },
  );
});

test('makes ids where the caller sent none that are valid', async () => {
  const first = await correlate({});
  const second = await correlate({
    'x-request-id': 'two words\t"',
    traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
  });
  assert.match(String(second.requestId), /^[\da-f-]{36}$/);
  assert.notEqual(first.requestId, second.requestId);
  assert.notEqual(first.traceId, second.traceId);
});
