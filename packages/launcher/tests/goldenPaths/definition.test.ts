import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { checkTemplate } from '../../src/goldenPaths/check.ts';
import { readTemplates } from '../../src/goldenPaths/template.ts';

const copies = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-definition-'));
after(() => fs.rmSync(copies, { recursive: true }));

/** How the first step over a copy ends, in which somebody made a mistake. */
async function look(file: string, from: string, to: string) {
  const [template] = await readTemplates('go-service');
  const folder = path.join(copies, 'go-service');
  fs.cpSync(template.folder, folder, { recursive: true });
  const text = fs.readFileSync(path.join(folder, file), 'utf8');
  assert.ok(text.includes(from));
  fs.writeFileSync(path.join(folder, file), text.replace(from, to));
  const { results } = await checkTemplate({ ...template, folder }, false);
  return results.map(({ step, ended, reason }) => [step, ended, reason ?? '']);
}

describe('a golden path', () => {
  for (const [what, file, from, to, says] of [
    [
      'that the catalog would refuse',
      'template.yaml',
      '      action: golden',
      '      actions: golden',
      /action/,
    ],
    [
      'with another name than its folder',
      'template.yaml',
      'name: go-service',
      'name: go-services',
      /go-services/,
    ],
    [
      'whose changelog lags behind',
      'CHANGELOG.md',
      '## 1.',
      '## 0.',
      /does not begin with the version/,
    ],
  ] as const) {
    it(`is not rendered ${what}`, async () => {
      const [first, ...others] = await look(file, from, to);
      assert.deepEqual(first.slice(0, 2), ['Renders', 'failed']);
      assert.match(first[2], says);
      assert.deepEqual(others, []);
    });
  }
});
