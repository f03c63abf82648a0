import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { DCLinter } from 'dclint';
import { parse } from 'yaml';
import { hasProgram, inRepository, readEnvFile, readText } from './files.ts';

type Service = {
  image: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  user?: string;
  ports?: string[];
  networks?: string[];
  volumes?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  environment?: Record<string, string>;
  stop_grace_period?: string;
  deploy?: { resources?: { limits?: Record<string, unknown> } };
};

const file = inRepository('docker', 'compose.yaml');
const compose: {
  services: Record<'portal' | 'postgres', Service>;
  networks: Record<string, { internal?: boolean } | null>;
} = parse(readText('docker', 'compose.yaml'));
const { portal, postgres } = compose.services;
const example = readEnvFile('docker', '.env.example');

/** What the Compose Specification's schema and the linter say of a file. */
function complaints(target: string): string[] {
  const linter = new DCLinter({
    quiet: true,
    debug: false,
    exclude: [],
    rules: {
      // Order is for readers here: the portal first, then what it leans on.
      'service-keys-order': 0,
      'services-alphabetical-order': 0,
      'no-quotes-in-volumes': 2,
      'no-build-and-image': [2, { checkPullPolicy: true }],
    },
  });
  return linter
    .lintFiles([target], false)
    .flatMap(result => result.messages)
    .map(({ rule, message, line }) => `${rule}: ${message} (line ${line})`);
}

describe('the compose file', () => {
  it('keeps to the Compose Specification', () => {
    assert.deepEqual(complaints(file), []);
  });

  it('is checked by a schema that knows a misspelled key', t => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-compose-'));
    t.after(() => fs.rmSync(folder, { recursive: true }));
    const wrong = path.join(folder, 'compose.yaml');
    fs.writeFileSync(
      wrong,
      readText('docker', 'compose.yaml').replace('read_only:', 'readonly:'),
    );
    assert.match(complaints(wrong).join('\n'), /schema/i);
  });

  it('takes every right from both services that they do not need', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      assert.equal(service.read_only, true, name);
      assert.deepEqual(service.cap_drop, ['ALL'], name);
      assert.ok(service.security_opt?.includes('no-new-privileges:true'), name);
      const limits = service.deploy?.resources?.limits;
      assert.ok(limits?.cpus && limits.memory && limits.pids, name);
    }
    assert.match(portal.user ?? '', /^10001:/);
  });

  it('opens the portal to this machine and the database to nobody', () => {
    assert.equal(postgres.ports, undefined);
    assert.deepEqual(postgres.networks, ['database']);
    assert.equal(compose.networks.database?.internal, true);
    for (const port of portal.ports ?? []) assert.match(port, /^127\.0\.0\.1:/);
  });

  it('starts the portal when the database is ready, and lets it drain', () => {
    assert.equal(portal.depends_on?.postgres.condition, 'service_healthy');
    assert.ok(postgres.healthcheck?.test.includes('pg_isready'));
    assert.ok(Number.parseInt(portal.stop_grace_period ?? '0', 10) >= 45);
  });

  it('keeps the database where PostgreSQL 18 writes it', () => {
    assert.match(postgres.image, /^postgres:18\.\d+-/);
    assert.deepEqual(postgres.volumes, ['database:/var/lib/postgresql']);
  });

  it('names its secrets in the example, and gives none a value', () => {
    for (const [name, value] of example) assert.equal(value, '', name);
    const required = [
      ...readText('docker', 'compose.yaml').matchAll(/\$\{(\w+):\?/g),
    ].map(([, name]) => name);
    assert.notEqual(required.length, 0);
    for (const name of required) assert.ok(example.has(name), name);
  });

  it('is accepted by docker compose', t => {
    if (!hasProgram('docker', ['compose', 'version'])) {
      t.skip('docker compose is not installed');
      return;
    }
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-compose-'));
    t.after(() => fs.rmSync(folder, { recursive: true }));
    fs.copyFileSync(file, path.join(folder, 'compose.yaml'));
    fs.writeFileSync(
      path.join(folder, '.env'),
      [...example.keys()].map(name => `${name}=value\n`).join(''),
    );
    const { status, stderr } = spawnSync(
      'docker',
      ['compose', 'config', '--quiet'],
      { cwd: folder, encoding: 'utf8' },
    );
    assert.equal(status, 0, stderr);
  });
});
