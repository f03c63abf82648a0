import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { importsOf, readPackages, shown, type Package } from './packages.ts';

type Role = 'frontend' | 'backend' | 'common' | 'node' | 'module' | 'react';

/** Which plugin a package belongs to, and which part of it it is. */
function partOf(pkg: Package): { plugin: string; role: Role } {
  const module = pkg.id.match(/^(.+)-backend-module-.+$/);
  if (module) return { plugin: module[1], role: 'module' };
  const suffixed = pkg.id.match(/^(.+)-(backend|common|node|react)$/);
  if (suffixed) return { plugin: suffixed[1], role: suffixed[2] as Role };
  return { plugin: pkg.id, role: 'frontend' };
}

/** For each part: what of its own plugin, and what of other plugins, it may import. */
const mayImport: Record<Role, { own: Role[]; others: Role[] }> = {
  common: { own: [], others: ['common'] },
  node: { own: ['common'], others: ['common', 'node'] },
  react: { own: ['common'], others: ['common', 'react'] },
  frontend: { own: ['common', 'react'], others: ['common', 'react'] },
  backend: { own: ['common', 'node'], others: ['common', 'node'] },
  module: { own: ['common', 'node'], others: ['common', 'node'] },
};

const packages = readPackages();
const byName = new Map(packages.map(pkg => [pkg.name, pkg]));

function ownPackageOf(imported: string): Package | undefined {
  const [scope, name] = imported.split('/');
  return byName.get(imported.startsWith('@') ? `${scope}/${name}` : scope);
}

function objection(from: Package, to: Package): string | undefined {
  if (from.name === to.name || from.kind === 'package') return undefined;
  if (to.kind === 'package') return 'no plugin knows app, backend or launcher';
  const here = partOf(from);
  const there = partOf(to);
  const allowed =
    here.plugin === there.plugin
      ? mayImport[here.role].own
      : mayImport[here.role].others;
  return allowed.includes(there.role)
    ? undefined
    : `a ${here.role} may not know the ${there.role} of ${
        here.plugin === there.plugin ? 'its own' : 'another'
      } plugin`;
}

test('nobody imports whom they may not know', () => {
  const objections = packages.flatMap(pkg =>
    pkg.files.flatMap(file =>
      importsOf(file).flatMap(imported => {
        const to = ownPackageOf(imported);
        const reason = to && objection(pkg, to);
        return reason ? [`${shown(file)} imports ${imported}: ${reason}`] : [];
      }),
    ),
  );
  assert.deepEqual(objections, []);
});

test('nobody reaches into another package by a relative path', () => {
  const objections = packages.flatMap(pkg =>
    pkg.files.flatMap(file =>
      importsOf(file)
        .filter(imported => imported.startsWith('.'))
        .map(imported => path.resolve(path.dirname(file), imported))
        .filter(target => !shown(target).startsWith(`${pkg.folder}/`))
        .map(target => `${shown(file)} reaches ${shown(target)}`),
    ),
  );
  assert.deepEqual(objections, []);
});

/** Upstream pages bring Material UI 4; the theme alone speaks to it, so that they look like ours. */
const materialBridges = [/^packages\/app\/src\/modules\/theme\//];

test('no package of ours uses Material UI', () => {
  const objections = packages.flatMap(pkg =>
    pkg.files
      .filter(file => !materialBridges.some(bridge => bridge.test(shown(file))))
      .filter(file =>
        importsOf(file).some(imported =>
          /^@(material-ui|mui)\//.test(imported),
        ),
      )
      .map(shown),
  );
  assert.deepEqual(objections, []);
});

/** The stations of each backend in the order data passes them: a later one may import an earlier one. */
const stations: Record<string, string[]> = {
  'dora-backend': ['ingest', 'facts', 'attribution', 'metrics', 'goals', 'api'],
  'infrastructure-backend': [
    'offerings',
    'requests',
    'decisions',
    'runs',
    'resources',
    'exceptions',
    'compliance',
    'views',
    'api',
  ],
  'golden-paths-backend': [
    'names',
    'previews',
    'releases',
    'fleet',
    'upgrades',
    'campaigns',
    'actions',
  ],
  'costs-backend': [
    'import',
    'allocation',
    'forecast',
    'budgets',
    'insights',
    'api',
  ],
};

test('inside a backend, data flows one way', () => {
  const objections = packages.flatMap(pkg => {
    const order = stations[pkg.id] ?? [];
    const stationOf = (file: string) =>
      order.indexOf(shown(file).split('/')[3] ?? '');
    return pkg.files.flatMap(file =>
      importsOf(file)
        .filter(imported => imported.startsWith('.'))
        .map(imported => path.resolve(path.dirname(file), imported))
        .filter(
          target => stationOf(file) >= 0 && stationOf(target) > stationOf(file),
        )
        .map(target => `${shown(file)} looks ahead to ${shown(target)}`),
    );
  });
  assert.deepEqual(objections, []);
});
