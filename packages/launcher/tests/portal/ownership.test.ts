import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callAs, type Caller } from '../support/people.ts';

async function uidOf(ref: string): Promise<string> {
  const path = ref.replace(':', '/');
  const response = await callAs(
    'platform-engineer',
    `/api/catalog/entities/by-name/${path}`,
  );
  assert.equal(response.status, 200, `${ref} is in the catalog`);
  return (await response.json()).metadata.uid;
}

async function refresh(caller: Caller, entityRef: string): Promise<number> {
  const response = await callAs(caller, '/api/catalog/refresh', {
    method: 'POST',
    json: { entityRef },
  });
  return response.status;
}

const ofLedger = 'component:default/payments-gateway';
const ofStorefront = 'component:default/storefront-web';

test('people refresh what their team owns, and nothing else', async () => {
  assert.equal(await refresh('developer', ofLedger), 200);
  assert.equal(await refresh('team-lead', ofLedger), 200);
  assert.equal(await refresh('developer', ofStorefront), 403);
  assert.equal(await refresh('team-lead', ofStorefront), 403);
  assert.equal(await refresh('viewer', ofLedger), 403);
});

test('platform engineers refresh anything', async () => {
  assert.equal(await refresh('platform-engineer', ofLedger), 200);
  assert.equal(await refresh('platform-engineer', ofStorefront), 200);
});

/** Asks for infrastructure, and leaves out what: whoever may ask is told so. */
async function ask(caller: Caller, owner: string): Promise<number> {
  const response = await callAs(caller, '/api/infrastructure/requests', {
    method: 'POST',
    json: { kind: 'create', owner },
  });
  return response.status;
}

test('people ask for infrastructure of their own team, platform engineers for any', async () => {
  const [ledger, storefront] = [
    'group:default/ledger',
    'group:default/storefront',
  ];
  for (const caller of ['developer', 'team-lead'] as const) {
    assert.equal(await ask(caller, ledger), 400, caller);
    assert.equal(await ask(caller, storefront), 403, caller);
  }
  assert.equal(await ask('viewer', ledger), 403);
  assert.equal(await ask('platform-engineer', storefront), 400);
});

test('nobody but its owners and platform engineers deletes an entity', async () => {
  const uid = await uidOf(ofStorefront);
  for (const caller of ['viewer', 'developer', 'team-lead'] as const) {
    const response = await callAs(
      caller,
      `/api/catalog/entities/by-uid/${uid}`,
      {
        method: 'DELETE',
      },
    );
    assert.equal(response.status, 403, caller);
  }
  await uidOf(ofStorefront);
});
