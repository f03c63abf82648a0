import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { actionlint } from '../../src/goldenPaths/tools.ts';
import { paths } from '../../src/paths.ts';
import { runLogged } from '../../src/toolchain/run.ts';

const plugin = path.join(
  paths.root,
  'plugins/scaffolder-backend-module-jenkins/src',
);
const fixtures = path.join(plugin, '__fixtures__');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-jenkins-'));
after(() => fs.rmSync(scratch, { recursive: true }));

type Migration = { untranslated: { line: number }[] };

/** The translation is the portal's, and compiled as the portal compiles it. */
function load(): {
  migrateJenkinsfile(code: string, name: string): Migration;
  writeWorkflow(migration: Migration): string;
} {
  process.env.WAYMARK_CACHE ??= paths.cache;
  const require = createRequire(import.meta.url);
  require('../../src/portal/loadTypeScript.cjs');
  return {
    ...require(path.join(plugin, 'migration/migrate.ts')),
    ...require(path.join(plugin, 'migration/write.ts')),
  };
}

const names = fs
  .readdirSync(fixtures)
  .filter(name => name.endsWith('.Jenkinsfile'))
  // What is in a shared library cannot be seen; that this is said is tested beside the code.
  .filter(name => !name.startsWith('library-only'));

describe('what becomes of a Jenkinsfile', async () => {
  const { migrateJenkinsfile, writeWorkflow } = load();
  const tool = await actionlint().catch(error => error.message);

  it('was tried on ten styles or more', () => {
    assert.ok(names.length >= 10, String(names.length));
  });

  for (const name of names) {
    it(`passes actionlint: ${name}`, async t => {
      if (typeof tool === 'string') {
        t.skip(tool);
        return;
      }
      const code = fs.readFileSync(path.join(fixtures, name), 'utf8');
      const file = path.join(scratch, `${name}.yaml`);
      fs.writeFileSync(file, writeWorkflow(migrateJenkinsfile(code, 'CI')));
      await runLogged(`jenkins-${name}`, tool.program, ['-no-color', file], {
        remedy: 'Correct the translation.',
      });
    });
  }
});
