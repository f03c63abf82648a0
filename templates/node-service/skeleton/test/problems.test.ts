import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Problem } from '../src/plugins/problems.js';
import { testApp } from './support.js';

test('says which part of a request was wrong', async () => {
  const { app } = await testApp();
  const response = await app.inject({
    method: 'POST',
    url: '/v1/entries',
    headers: { 'x-request-id': 'request-1' },
    payload: { key: 'a', text: '' },
  });
  assert.match(
    String(response.headers['content-type']),
    /^application\/problem\+json/,
  );
  assert.deepEqual(response.json(), {
    type: 'about:blank',
    title: 'Bad Request',
    status: 400,
    detail: 'The body does not fit the API document',
    errors: [
      {
        pointer: 'body/text',
        detail: 'must NOT have fewer than 1 characters',
      },
    ],
    requestId: 'request-1',
  });
});

test('answers 404 where nothing is', async () => {
  const { app } = await testApp();
  const response = await app.inject('/nowhere?token=secret');
  assert.equal(response.statusCode, 404);
  assert.equal(
    response.json<Problem>().detail,
    'There is nothing at GET /nowhere',
  );
});

test('answers a path that cannot be decoded with a problem too', async () => {
  const { app, logs } = await testApp();
  const response = await app.inject('/v1/entries/%zz');
  assert.equal(response.statusCode, 400);
  const { requestId, title } = response.json<Problem>();
  assert.equal(title, 'Bad Request');
  assert.equal(response.headers['x-request-id'], requestId);
  const line = logs.find(candidate => candidate['msg'] === 'request refused');
  assert.equal(line?.['request_id'], requestId);
  assert.match(String(line['trace_id']), /^[\da-f]{32}$/);
});

test('refuses a body that is too large, not JSON, or of another type', async () => {
  const { app } = await testApp({ BODY_LIMIT_BYTES: '100' });
  const post = async (payload: string, type = 'application/json') => {
    const response = await app.inject({
      method: 'POST',
      url: '/v1/entries',
      headers: { 'content-type': type },
      payload,
    });
    assert.equal(response.json<Problem>().status, response.statusCode);
    return response.statusCode;
  };
  assert.equal(await post(JSON.stringify({ text: 'x'.repeat(100) })), 413);
  assert.equal(await post('{'), 400);
  assert.equal(await post('{"__proto__": {"admin": true}}'), 400);
  assert.equal(await post('<a/>', 'application/xml'), 415);
});

test('keeps what failed inside in the logs', async () => {
  const { app, logs } = await testApp();
  app.get('/fails', () => {
    throw new Error('connect to db.internal with password hunter2');
  });
  const response = await app.inject('/fails');
  assert.equal(response.statusCode, 500);
  const problem = response.json<Problem>();
  assert.deepEqual(Object.keys(problem), [
    'type',
    'title',
    'status',
    'requestId',
  ]);
  const line = logs.find(candidate => candidate['msg'] === 'request failed');
  assert.equal(line?.['request_id'], problem.requestId);
  assert.match(JSON.stringify(line['err']), /db\.internal/);
});

test('sends security headers with every answer', async () => {
  const { app } = await testApp();
  for (const url of ['/health', '/v1/entries', '/nowhere']) {
    const { headers } = await app.inject(url);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(
      headers['content-security-policy'],
      "default-src 'none';frame-ancestors 'none'",
    );
  }
});

test('limits how many requests one address makes', async () => {
  const { app } = await testApp({ RATE_LIMIT_MAX: '2' });
  const statuses = [];
  for (let request = 0; request < 3; request++) {
    statuses.push((await app.inject('/v1/entries')).statusCode);
  }
  assert.deepEqual(statuses, [200, 200, 429]);
  const refused = await app.inject('/v1/entries');
  assert.equal(refused.json<Problem>().title, 'Too Many Requests');
  assert.ok(Number(refused.headers['retry-after']) > 0);
  assert.equal((await app.inject('/health')).statusCode, 200);
});
