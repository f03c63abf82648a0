import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { askDryRun } from '../../src/goldenPaths/dryRun.ts';
import { readMigrations } from '../../src/goldenPaths/template.ts';
import { until } from '../faults/support/until.ts';
import { callAs } from '../support/people.ts';

/** A portal that has just started has not read the versions of its golden paths yet. */
async function untilPathsAreKnown(): Promise<void> {
  await until('the portal knows what can be adopted', async () => {
    const response = await callAs('viewer', '/api/golden-paths/templates');
    const { items } = (await response.json()) as {
      items: { template: string; current?: string }[];
    };
    return items.some(
      ({ template, current }) =>
        template === 'template:default/node-service' && current !== undefined,
    );
  });
}

test('the portal can take every step of what changes a repository', async t => {
  await untilPathsAreKnown();
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
