import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { paths } from '../../src/paths.ts';
import { callAs } from '../support/people.ts';
import { routesOfPortal } from '../support/routes.ts';

const suffix = '/.well-known/backstage/permissions/metadata';

async function knownPermissions(): Promise<string[]> {
  const plugins = (await routesOfPortal())
    .filter(route => route.startsWith('GET /api/') && route.endsWith(suffix))
    .map(route => route.slice('GET '.length));
  const names = await Promise.all(
    plugins.map(async address => {
      const response = await callAs('platform-engineer', address);
      const { permissions = [] } = await response.json();
      return permissions.map(({ name }: { name: string }) => name);
    }),
  );
  return [...new Set(names.flat())].sort();
}

/** The matrix as it is written: this package may not import the backend's code. */
async function writtenMatrix(): Promise<string[]> {
  const file = path.join(
    paths.root,
    'packages/backend/src/permissions/matrix.ts',
  );
  const text = await fs.readFile(file, 'utf8');
  return [...text.matchAll(/^ {2}'([a-z.-]+)':/gm)].map(([, name]) => name);
}

test('every permission of every plugin has a row in the matrix', async () => {
  const rows = new Set(await writtenMatrix());
  const permissions = await knownPermissions();
  assert.ok(permissions.includes('catalog.entity.read'));
  assert.deepEqual(
    permissions.filter(name => !rows.has(name)),
    [],
  );
});

test('the page of docs shows every row', async () => {
  const page = await fs.readFile(
    path.join(paths.root, 'docs/reference/permissions.md'),
    'utf8',
  );
  assert.deepEqual(
    (await writtenMatrix()).filter(name => !page.includes(`\`${name}\``)),
    [],
  );
});
