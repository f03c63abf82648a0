import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startLocalIssuer } from '../../src/issuer/issuer.ts';
import { readPeople } from '../../src/people/people.ts';
import { freePort } from '../../src/ports.ts';
import { createWorld, type Replica, type World } from './support/world.ts';

let world: World;
let portal: Replica;
let port: number;

before(async () => {
  // Nothing is asked of the catalog.
  world = await createWorld(async () => ({ catalog: { locations: [] } }));
  port = await freePort();
  portal = await world.startReplica('portal', {
    OIDC_METADATA_URL: `http://localhost:${port}/.well-known/openid-configuration`,
  });
});

after(async () => {
  await world.stop();
});

const signInStarts = () =>
  fetch(
    `${portal.url}/api/auth/oidc/start?env=development&flow=popup&origin=${portal.url}`,
    { redirect: 'manual' },
  );

test('a portal that started before its identity issuer lets people in once that is there', async () => {
  const away = await signInStarts();
  assert.equal(away.status, 503);
  const { error } = (await away.json()) as { error: { message: string } };
  assert.match(error.message, /The identity issuer does not answer/);
  assert.ok(!error.message.includes(String(port)), error.message);

  const issuer = await startLocalIssuer({
    port,
    client: {
      id: 'waymark',
      secret: 'any',
      redirectUri: `${portal.url}/api/auth/oidc/handler/frame`,
    },
    people: await readPeople(),
    database: world.database,
  });
  try {
    const there = await signInStarts();
    assert.equal(there.status, 302);
    const issuerUrl = there.headers.get('location') ?? '';
    assert.ok(issuerUrl.startsWith(`http://localhost:${port}/`), issuerUrl);
  } finally {
    await issuer.stop();
  }
});
