import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { bringCheckov } from '../../src/toolchain/checkov.ts';
import { modulesFolder, terraformModules } from './shipped.ts';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-modules-'));
after(() => fs.rmSync(scratch, { recursive: true, force: true }));

function run(program: string, args: string[], cwd = modulesFolder) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: {
      ...process.env,
      TF_CLI_CONFIG_FILE: process.env.TF_CLI_CONFIG_FILE ?? '',
      TF_IN_AUTOMATION: '1',
    },
  });
  return { status, output: `${stdout}${stderr}` };
}

const program = ['terraform', 'tofu'].find(
  name => run(name, ['version']).status === 0,
);

/** Why the tests of modules cannot run here; undefined when they can. */
function whyNoProvider(): string | undefined {
  if (!program) return 'neither Terraform nor OpenTofu is on this machine';
  const folder = path.join(scratch, 'provider');
  fs.mkdirSync(folder);
  fs.copyFileSync(
    path.join(modulesFolder, terraformModules()[0], 'versions.tf'),
    path.join(folder, 'versions.tf'),
  );
  const { status } = run(program, ['init', '-input=false'], folder);
  return status === 0
    ? undefined
    : 'the provider of AWS cannot be had here; see docs/reference/infrastructure-modules.md';
}

describe('the Terraform modules', () => {
  it('are formatted', t => {
    if (!program) {
      t.skip('neither Terraform nor OpenTofu is on this machine');
      return;
    }
    const { status, output } = run(program, ['fmt', '-check', '-recursive']);
    assert.equal(status, 0, output);
  });

  it('are called secure by Checkov', async t => {
    const checkov = await bringCheckov().catch(() => undefined);
    if (!checkov) {
      t.skip('Checkov cannot be had here: it needs Python and its index');
      return;
    }
    const { status, output } = run(checkov, [
      ...['--directory', '.', '--framework', 'terraform', '--skip-download'],
      ...['--compact', '--quiet', '--output', 'json'],
    ]);
    const { summary, results } = JSON.parse(output);
    assert.deepEqual(results.failed_checks, []);
    assert.equal(status, 0);
    assert.ok(summary.passed > 100, output);
  });

  it('pass their tests', t => {
    const reason = whyNoProvider();
    if (reason || !program) {
      t.skip(reason);
      return;
    }
    for (const module of terraformModules()) {
      const folder = path.join(scratch, module);
      fs.cpSync(path.join(modulesFolder, module), folder, { recursive: true });
      const ready = run(program, ['init', '-input=false'], folder);
      assert.equal(ready.status, 0, ready.output);
      const tested = run(program, ['test'], folder);
      assert.equal(tested.status, 0, `${module}: ${tested.output}`);
    }
  });
});
