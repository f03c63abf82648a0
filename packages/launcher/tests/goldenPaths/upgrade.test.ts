import assert from 'node:assert/strict';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { seeded } from '../../src/demo/random.ts';
import { earlierVersions } from '../../src/goldenPaths/earlier.ts';
import { editAsATeam } from '../../src/goldenPaths/teamEdits.ts';
import { readTemplates } from '../../src/goldenPaths/template.ts';
import { rehearseUpgrades } from '../../src/goldenPaths/upgrade.ts';

describe('upgrades of what teams have edited', () => {
  it('edits only where both versions say the same', () => {
    const before = new Map([
      ['a.ts', 'one\ntwo\n\nthree\nfour\n\nfive\nsix\n'],
    ]);
    const after = new Map([['a.ts', 'one\ntwo\n\nthree\nfour\n\nFIVE\nsix\n']]);
    const lines = Array.from({ length: 20 }, (_, seed) =>
      editAsATeam(seeded(`seed ${seed}`), before, after).changed.get('a.ts'),
    ).filter(text => text !== undefined);
    assert.ok(lines.length > 0);
    for (const text of lines) {
      assert.match(text, /^one\ntwo\n\n\/\/ Team note 1 in a\.ts\n\nthree/);
    }
  });

  it('keeps every edit on the way from each earlier version of node-service', async t => {
    const [template] = await readTemplates('node-service');
    const versions = await earlierVersions(template).catch(() => []);
    if (versions.length === 0) {
      t.skip('this clone has no history');
      return;
    }
    let upgraded = 0;
    await rehearseUpgrades(
      {
        name: 'node-service-rehearsed',
        folder: path.join(os.tmpdir(), 'not-installed'),
        template,
        answers: template.answers.awkward,
      },
      versions,
      async () => {
        upgraded += 1;
      },
    );
    assert.equal(upgraded, versions.length * 3);
  });
});
