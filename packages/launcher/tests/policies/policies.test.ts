import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { parse } from 'yaml';
import { paths } from '../../src/paths.ts';
import { compilePolicies } from '../../src/policies/build.ts';
import { handbook, page } from '../../src/policies/handbook.ts';
import {
  compiled,
  digests,
  policies,
  revisionFile,
  settingsFile,
} from '../../src/policies/sources.ts';
import { bringOpa, OPA_VERSION } from '../../src/toolchain/opa.ts';

const remedy = 'run npm run policies:build';
const readJson = (file: string) => JSON.parse(fs.readFileSync(file, 'utf8'));

const brought = bringOpa().catch(() => undefined);

/** Open Policy Agent; without it, the test is skipped by name. */
async function opaFor(t: TestContext): Promise<string | undefined> {
  const opa = await brought;
  if (!opa) {
    t.skip(
      `Open Policy Agent ${OPA_VERSION} is not here, and Go, which builds it, neither`,
    );
  }
  return opa;
}

describe('the compiled policies', () => {
  it('are of the rules that are there', () => {
    const stamp = readJson(path.join(compiled, 'rules.json'));
    assert.equal(stamp.digest, digests().rules, remedy);
  });

  it('have the settings and the revision of their sources', () => {
    const { revision } = digests();
    assert.deepEqual(
      readJson(path.join(compiled, 'data.json')),
      {
        revision: { digest: revision },
        settings: parse(fs.readFileSync(settingsFile, 'utf8')),
      },
      remedy,
    );
    assert.deepEqual(readJson(revisionFile), { digest: revision }, remedy);
  });

  it('are what the compiler makes of the rules', async t => {
    if (!(await opaFor(t))) return;
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-policies-'));
    t.after(() => fs.rmSync(folder, { recursive: true }));
    const fresh = path.join(folder, 'policy.wasm');
    await compilePolicies(fresh);
    const kept = fs.readFileSync(path.join(compiled, 'policy.wasm'));
    assert.ok(kept.equals(fs.readFileSync(fresh)), remedy);
  });
});

describe('the page about the policies', () => {
  it('says what the rules say', () => {
    assert.equal(fs.readFileSync(page, 'utf8'), handbook(), remedy);
  });

  it('leaves out no rule', () => {
    const text = fs.readFileSync(page, 'utf8');
    const { rules } = parse(fs.readFileSync(settingsFile, 'utf8'));
    const named = [...text.matchAll(/^### (.+)$/gm)].map(([, name]) => name);
    // The one that has no setting is the one that none can switch off.
    assert.deepEqual(named, [...Object.keys(rules), 'understood'].sort());
    assert.doesNotMatch(text, /undefined/);
  });
});

describe('the rules', () => {
  const run = (opa: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(opa, args, {
      cwd: paths.root,
      encoding: 'utf8',
    });
    return { status, output: stdout + stderr };
  };
  const folder = path.relative(paths.root, policies);

  it('pass the strict checks of the compiler', async t => {
    const opa = await opaFor(t);
    if (!opa) return;
    const { status, output } = run(opa, 'check', '--strict', '-b', folder);
    assert.equal(status, 0, output);
  });

  it('are formatted as opa fmt does it', async t => {
    const opa = await opaFor(t);
    if (!opa) return;
    const { status, output } = run(opa, 'fmt', '--list', folder);
    assert.equal(`${status} ${output}`, '0 ');
  });

  it('pass their tests', async t => {
    const opa = await opaFor(t);
    if (!opa) return;
    const { status, output } = run(opa, 'test', '-b', folder);
    assert.equal(status, 0, output);
    const [, passed] = /^PASS: (\d+)\/\1$/m.exec(output) ?? [];
    assert.ok(Number(passed) > 0, output);
    t.diagnostic(`${passed} tests in Rego`);
  });
});
