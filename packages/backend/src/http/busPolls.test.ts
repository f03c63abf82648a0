import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { busPolls } from './busPolls';

it('lets who waits go when the portal stops, and nobody before', async () => {
  const lifecycle = mockServices.rootLifecycle.mock();
  let arrived: () => void = () => {};
  const arrival = new Promise<void>(resolve => {
    arrived = resolve;
  });
  const app = express();
  app.use(busPolls(lifecycle));
  app.get('/waits', () => arrived());
  app.get('/answers', (_, res) => res.send('at once'));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const waiting = fetch(`http://127.0.0.1:${port}/waits`).then(
    () => 'answered',
    () => 'let go',
  );
  await arrival;
  const answer = await fetch(`http://127.0.0.1:${port}/answers`);
  expect(await answer.text()).toBe('at once');

  const [[stop]] = lifecycle.addBeforeShutdownHook.mock.calls;
  await stop();
  expect(await waiting).toBe('let go');
  server.closeAllConnections();
  server.close();
});

it('says when it was not given what it needs', () => {
  expect(() => busPolls(mockServices.lifecycle.mock())).toThrow(
    'root lifecycle',
  );
});
