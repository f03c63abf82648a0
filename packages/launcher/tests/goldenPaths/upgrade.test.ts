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
  /** What a file is like after teams that edit it have done so. */
  const editsOf = (before: string, after: string) =>
    Array.from({ length: 20 }, (_, seed) =>
      editAsATeam(
        seeded(`seed ${seed}`),
        new Map([['a.ts', before]]),
        new Map([['a.ts', after]]),
      ).changed.get('a.ts'),
    ).filter(text => text !== undefined);

  it('edits only where both versions say the same', () => {
    const before = 'zero\none\ntwo\n\nthree\nfour\nfive\n\nsix\nseven\neight\n';
    const edits = editsOf(before, before.replace('six', 'SIX'));
    assert.ok(edits.length > 0);
    for (const text of edits) {
      assert.match(
        text,
        /^zero\none\ntwo\n\n\/\/ Team note 1 in a\.ts\n\nthree/,
      );
    }
  });

  it('edits nowhere beside what is new and ends like what stands before it', () => {
    const of = (name: string) => `def ${name}\n  return ${name}\n  }\n}\n`;
    const [first, last] = [of('first'), of('last')];
    assert.ok(editsOf(`${first}\n${last}`, `${first}\n${last}`).length > 0);
    assert.deepEqual(
      editsOf(`${first}\n${last}`, `${first}\n${of('added')}\n${last}`),
      [],
    );
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
