import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEntry, testApp } from './support.js';

test('is alive from the start', async () => {
  const { app } = await testApp();
  const response = await app.inject('/health');
  assert.equal(response.statusCode, 200);
  assert.deepEqual(response.json(), { status: 'ok' });
});

test('is ready only between starting and draining', async () => {
  const { app, lifecycle } = await testApp();
  const ask = async () => {
    const response = await app.inject('/ready');
    return [response.statusCode, response.json<{ status: string }>().status];
  };
  assert.deepEqual(await ask(), [503, 'starting']);
  lifecycle.markReady();
  assert.deepEqual(await ask(), [200, 'ready']);
  lifecycle.markDraining();
  assert.deepEqual(await ask(), [503, 'draining']);
  lifecycle.markReady();
  assert.deepEqual(await ask(), [503, 'draining']);
});

test('measures requests by route template, method and status', async () => {
  const { app } = await testApp();
  await createEntry(app, 'first');
  await app.inject('/v1/entries/first');
  await app.inject('/v1/entries/absent');
  await app.inject('/wp-login.php');
  await app.inject('/health');
  const { body, headers } = await app.inject('/metrics');
  assert.match(
    String(headers['content-type']),
    /^text\/plain; version=0\.0\.4/,
  );

  const counts = body
    .split('\n')
    .filter(line =>
      line.startsWith('http_server_request_duration_seconds_count'),
    )
    .map(line => [
      /http_request_method="(\w+)"/.exec(line)?.[1],
      /http_route="([^"]+)"/.exec(line)?.[1],
      /http_response_status_code="(\d+)"/.exec(line)?.[1],
      line.split(' ').at(-1),
    ]);
  assert.deepEqual(counts, [
    ['POST', '/v1/entries', '201', '1'],
    ['GET', '/v1/entries/:key', '200', '1'],
    ['GET', '/v1/entries/:key', '404', '1'],
    ['GET', undefined, '404', '1'],
  ]);
  assert.doesNotMatch(body, /wp-login/);
});

test('measures the process', async () => {
  const { app } = await testApp();
  const { body } = await app.inject('/metrics');
  for (const name of [
    'process_cpu_time_seconds_total',
    'process_memory_usage_bytes',
    'nodejs_eventloop_utilization',
  ]) {
    assert.match(body, new RegExp(`^${name}(\\{.*\\})? [\\d.e-]+$`, 'm'));
  }
});

test('serves its API document', async () => {
  const { app } = await testApp();
  const response = await app.inject('/openapi.yaml');
  assert.match(response.body, /^openapi: 3\.1/);
});
