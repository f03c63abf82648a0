import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { addAllFormats, Contract } from '../src/contract.js';
import { createEntry, testApp, type TestApp } from './support.js';

const contract = Contract.load();
const ajv = addAllFormats(new Ajv2020());

test('every operation of the document has a route', async () => {
  const { app } = await testApp();
  for (const { route } of contract.operations.values()) {
    assert.ok(app.hasRoute(route), `${String(route.method)} ${route.url}`);
  }
});

test('every route of the API is in the document', async () => {
  const { app } = await testApp();
  const known = new Set(
    [...contract.operations.values()].map(
      ({ route }) => `${String(route.method)} ${route.url}`,
    ),
  );
  const routes = routesOf(app).filter(route => route.includes(' /v1/'));
  assert.deepEqual(new Set(routes), known);
});

const answers = {
  'listEntries 200': (app: TestApp) => app.inject('/v1/entries?limit=1'),
  'listEntries 400': (app: TestApp) => app.inject('/v1/entries?limit=0'),
  'createEntry 201': (app: TestApp) => createEntry(app, 'new'),
  'createEntry 400': (app: TestApp) => createEntry(app, 'Not A Key'),
  'createEntry 409': (app: TestApp) => createEntry(app, 'one'),
  'createEntry 413': (app: TestApp) =>
    createEntry(app, 'large', 'x'.repeat(70_000)),
  'createEntry 415': (app: TestApp) =>
    app.inject({
      method: 'POST',
      url: '/v1/entries',
      headers: { 'content-type': 'text/csv' },
      payload: 'a,b',
    }),
  'getEntry 200': (app: TestApp) => app.inject('/v1/entries/one'),
  'getEntry 400': (app: TestApp) => app.inject('/v1/entries/NOT'),
  'getEntry 404': (app: TestApp) => app.inject('/v1/entries/absent'),
  'deleteEntry 204': (app: TestApp) =>
    app.inject({ method: 'DELETE', url: '/v1/entries/one' }),
  'deleteEntry 404': (app: TestApp) =>
    app.inject({ method: 'DELETE', url: '/v1/entries/absent' }),
};

for (const [name, ask] of Object.entries(answers)) {
  test(`answers as the document says: ${name}`, async () => {
    const [id = '', status = ''] = name.split(' ');
    const { app } = await testApp();
    await createEntry(app, 'one');
    await createEntry(app, 'two');
    const response = await ask(app);
    assert.equal(response.statusCode, Number(status));
    const responses = contract.operations.get(id)?.responses ?? {};
    assert.ok(status in responses, 'the document does not know the status');
    const schema = responses[status];
    if (schema) {
      const body: unknown = response.json();
      assert.ok(ajv.validate(schema, body), ajv.errorsText());
    } else {
      assert.equal(response.body, '');
    }
  });
}

test('what goes wrong inside has the form of a problem too', async () => {
  const { app } = await testApp();
  app.get('/fails', () => {
    throw new Error('inside');
  });
  const schema = contract.operations.get('getEntry')?.responses['default'];
  assert.ok(schema);
  const body: unknown = (await app.inject('/fails')).json();
  assert.ok(ajv.validate(schema, body), ajv.errorsText());
});

/** `METHOD /path` of each route, without the HEAD that comes with a GET. */
function routesOf(app: TestApp): string[] {
  const stack: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap(line => {
      const match = /^([│ ]*)[├└]── (\S+)(?: \((.+)\))?$/.exec(line);
      if (!match) {
        return [];
      }
      const [, indent = '', part = '', methods = ''] = match;
      stack.splice(indent.length / 4, Infinity, part);
      return methods
        .split(', ')
        .filter(method => method !== '' && method !== 'HEAD')
        .map(method => `${method} ${stack.join('')}`);
    });
}
