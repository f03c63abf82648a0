import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { askDryRun } from '../../src/goldenPaths/dryRun.ts';
import { readMigrations } from '../../src/goldenPaths/template.ts';
import { callAs } from '../support/people.ts';

test('the portal can take every step of what changes a repository', async t => {
  for (const { name, folder, answers } of await readMigrations()) {
    await t.test(name, async () => {
      const file = path.join(folder, 'template.yaml');
      await askDryRun(
        parse(await fs.readFile(file, 'utf8')),
        answers.ordinary,
        (address, json) =>
          callAs('platform-engineer', address, { method: 'POST', json }),
      );
    });
  }
});
