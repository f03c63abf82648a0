import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startService } from './child.js';

/** A request whose body is not complete until `finish` is called. */
function slowRequest(port: number) {
  const body = JSON.stringify({ key: 'slow', text: 'finished' });
  const outgoing = request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/v1/entries',
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    },
  });
  outgoing.on('error', () => undefined);
  outgoing.write(body.slice(0, 5));
  return {
    async finish(): Promise<number | undefined> {
      outgoing.end(body.slice(5));
      const [response] = (await once(outgoing, 'response')) as [
        IncomingMessage,
      ];
      response.resume();
      return response.statusCode;
    },
  };
}

test('drains: readiness off, running requests finish, exit 0', async () => {
  const service = startService({ SHUTDOWN_DELAY_MS: '300' });
  const port = await service.ready();
  const slow = slowRequest(port);
  await sleep(100);

  service.signal('SIGTERM');
  await service.logged('draining');
  const readiness = await fetch(`http://127.0.0.1:${port}/ready`);
  assert.equal(readiness.status, 503);
  assert.deepEqual(await readiness.json(), { status: 'draining' });
  const health = await fetch(`http://127.0.0.1:${port}/health`);
  assert.equal(health.status, 200);

  await sleep(400);
  await assert.rejects(fetch(`http://127.0.0.1:${port}/health`));
  assert.equal(await slow.finish(), 201);
  assert.equal(await service.exitCode, 0);
  await service.logged('stopped');
});

test('does not wait for ever: exit 1 at the deadline', async () => {
  const service = startService({ SHUTDOWN_TIMEOUT_MS: '300' });
  const port = await service.ready();
  slowRequest(port);
  await sleep(100);
  service.signal('SIGTERM');
  assert.equal(await service.exitCode, 1);
  await service.logged('requests still running at the deadline');
});

test('a second signal ends the process at once', async () => {
  const service = startService({ SHUTDOWN_DELAY_MS: '60000' });
  await service.ready();
  service.signal('SIGINT');
  await service.logged('draining');
  service.signal('SIGINT');
  assert.equal(await service.exitCode, 1);
});
