import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { paths } from '../../src/paths.ts';

let folder: string;

before(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-node-'));
});

after(async () => {
  await fs.rm(folder, { recursive: true, force: true });
});

/** The program of a real Node of this major version, or nothing where none can be had. */
function bringNode(major: number): string | undefined {
  const platform = `node-${process.platform}-${process.arch}`;
  const prefix = path.join(folder, String(major));
  try {
    execFileSync(
      'npm',
      [
        'install',
        '--no-save',
        '--no-audit',
        '--no-fund',
        '--ignore-scripts',
        '--prefix',
        prefix,
        `${platform}@${major}`,
      ],
      { stdio: 'ignore', timeout: 120_000 },
    );
  } catch {
    return undefined;
  }
  return path.join(prefix, 'node_modules', platform, 'bin', 'node');
}

// 12 does not know the syntax that the launcher is written in; 18 is the newest that is too old.
for (const major of [12, 18]) {
  test(`Node ${major} is one clear sentence`, t => {
    const node = bringNode(major);
    if (!node) {
      t.skip(`Node ${major} cannot be had from the package registry`);
      return;
    }
    const { status, stderr, stdout } = spawnSync(
      node,
      [path.join(paths.root, 'packages/launcher/bin/waymark.cjs'), 'start'],
      { encoding: 'utf8' },
    );
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(
      stderr,
      new RegExp(
        `^\\n  ✗ Node ${major}\\.\\d+\\.\\d+ is too old to begin with\\.\\n    Install Node 20 or newer [^\\n]*\\n\\n$`,
      ),
    );
  });
}

test('npm runs the file that an old Node can read', async () => {
  const { scripts } = JSON.parse(
    await fs.readFile(path.join(paths.root, 'package.json'), 'utf8'),
  );
  for (const name of ['start', 'dev', 'test', 'reset', 'token']) {
    assert.equal(
      scripts[name],
      `node packages/launcher/bin/waymark.cjs ${name}`,
    );
  }
});
