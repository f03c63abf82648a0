import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { callAs, callers, type Caller } from '../support/people.ts';
import { routesOfPortal } from '../support/routes.ts';
import { requestFor } from './routes/requests.ts';
import { ruleFor, rules, type Outcome } from './routes/rules.ts';

let routes: string[];

before(async () => {
  routes = await routesOfPortal();
});

function outcomeOf(status: number): Outcome {
  return status === 401 || status === 403 ? status : 'in';
}

/** The status alone: some routes stream for as long as one listens. */
async function statusOf(response: Response): Promise<number> {
  await response.body?.cancel();
  return response.status;
}

test('the portal serves the routes of every plugin', () => {
  const plugins = new Set(
    routes.map(route => route.match(/ \/api\/([a-z-]+)\//)?.[1]),
  );
  for (const plugin of [
    'app',
    'auth',
    'catalog',
    'events',
    'mcp-actions',
    'notifications',
    'permission',
    'scaffolder',
    'search',
    'signals',
    'techdocs',
    'user-settings',
  ]) {
    assert.ok(plugins.has(plugin), `no route of ${plugin} was found`);
  }
});

test('every route has a rule', () => {
  assert.deepEqual(
    routes.filter(route => !ruleFor(route)),
    [],
  );
});

test('every rule has a route', () => {
  const used = new Set(routes.map(ruleFor));
  assert.deepEqual(
    rules.filter(rule => !used.has(rule)).map(([pattern]) => String(pattern)),
    [],
  );
});

/** Where somebody gets in, or not, against the rules. */
async function differencesFor(caller: Caller): Promise<string[]> {
  const differences: string[] = [];
  for (const route of routes) {
    const expected = ruleFor(route)?.[1][caller];
    const { path, init } = requestFor(route);
    const status = await statusOf(
      await callAs(caller, path, {
        ...init,
        // Of a route that never answers; a busy machine takes its time for others.
        signal: AbortSignal.timeout(60_000),
      }),
    );
    if (outcomeOf(status) !== expected || status >= 500) {
      differences.push(`${route}: expected ${expected}, got ${status}`);
    }
  }
  return differences;
}

for (const caller of callers) {
  test(`${caller}: gets in exactly where the rules say`, async () => {
    assert.deepEqual(await differencesFor(caller), []);
  });
}
