import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { dashboardFiles } from '../../src/goldenPaths/dashboards/files.ts';
import { paths } from '../../src/paths.ts';

describe('the dashboards of the golden paths', () => {
  for (const { file, text } of dashboardFiles()) {
    it(`${path.relative(paths.root, file)} is what was drawn last`, () => {
      assert.equal(
        fs.readFileSync(file, 'utf8'),
        text,
        'run npm run dashboards:build',
      );
    });
  }
});
