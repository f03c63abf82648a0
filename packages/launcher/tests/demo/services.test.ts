import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { services } from '../../src/demo/services.ts';
import { paths } from '../../src/paths.ts';

type Described = { kind?: string; metadata?: { name: string } };

/** Everything that the demo's catalog files describe, as `kind/name`. */
async function described(): Promise<Set<string>> {
  const files = fs.glob('catalog/**/*.yaml', { cwd: paths.root });
  const found = new Set<string>();
  for await (const file of files) {
    const text = await fs.readFile(path.join(paths.root, file), 'utf8');
    for (const document of parseAllDocuments(text)) {
      const { kind, metadata } = (document.toJS() ?? {}) as Described;
      if (kind && metadata) {
        found.add(`${kind.toLowerCase()}/${metadata.name}`);
      }
    }
  }
  return found;
}

test('demo services are new, in systems and of teams that there are', async () => {
  const known = await described();
  for (const { name, owner, system, maker } of services) {
    // One that is there already is taken for made, and never is.
    assert.equal(known.has(`component/${name}`), false, `${name} is new`);
    for (const ref of [`group/${owner}`, `system/${system}`, `user/${maker}`]) {
      assert.equal(known.has(ref), true, `${ref} of ${name} is there`);
    }
  }
});
