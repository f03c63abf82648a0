import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { components } from '../src/api-types.js';
import { createEntry, testApp } from './support.js';

type Page = components['schemas']['EntryPage'];

test('keeps, reads and deletes an entry', async () => {
  const { app } = await testApp();
  const created = await createEntry(app, 'opening-hours', '9 to 5');
  assert.equal(created.statusCode, 201);
  assert.equal(created.headers.location, '/v1/entries/opening-hours');

  const read = await app.inject('/v1/entries/opening-hours');
  assert.equal(read.statusCode, 200);
  assert.deepEqual(read.json(), created.json());

  const remove = () =>
    app.inject({ method: 'DELETE', url: '/v1/entries/opening-hours' });
  assert.equal((await remove()).statusCode, 204);
  assert.equal((await remove()).statusCode, 404);
});

test('refuses a key that is taken', async () => {
  const { app } = await testApp();
  await createEntry(app, 'one', 'first');
  assert.equal((await createEntry(app, 'one', 'second')).statusCode, 409);
  const kept = await app.inject('/v1/entries/one');
  assert.equal(kept.json<{ text: string }>().text, 'first');
});

test('gives every entry once, page by page', async () => {
  const { app } = await testApp();
  for (const key of ['c', 'a', 'e', 'b', 'd']) {
    await createEntry(app, key);
  }
  const keys: string[] = [];
  const sizes: number[] = [];
  let url: string | undefined = '/v1/entries?limit=2';
  while (url) {
    const page: Page = (await app.inject(url)).json();
    keys.push(...page.items.map(entry => entry.key));
    sizes.push(page.items.length);
    url = page.nextCursor && `/v1/entries?limit=2&cursor=${page.nextCursor}`;
  }
  assert.deepEqual(keys, ['a', 'b', 'c', 'd', 'e']);
  assert.deepEqual(sizes, [2, 2, 1]);
});

for (const [what, payload] of [
  ['a missing field', { key: 'a' }],
  ['an unknown field', { key: 'a', text: 'b', createdBy: 'me' }],
  ['a wrong type', { key: 'a', text: 1 }],
  ['a key of the wrong form', { key: 'Not A Key', text: 'b' }],
  ['no object', []],
] as const) {
  test(`refuses ${what}`, async () => {
    const { app } = await testApp();
    const response = await app.inject({
      method: 'POST',
      url: '/v1/entries',
      payload: payload as object,
    });
    assert.equal(response.statusCode, 400);
  });
}

for (const query of [
  'limit=0',
  'limit=101',
  'limit=ten',
  'cursor=%2F',
  'cursor=not%20one',
  'page=2',
]) {
  test(`refuses ?${query}`, async () => {
    const { app } = await testApp();
    const response = await app.inject(`/v1/entries?${query}`);
    assert.equal(response.statusCode, 400);
  });
}
