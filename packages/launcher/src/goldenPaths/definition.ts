import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import type { Template } from './template.ts';

type Folder = Pick<Template, 'folder'>;

/** What `template.yaml` says. */
export async function definitionOf({ folder }: Folder) {
  return parse(await fs.readFile(path.join(folder, 'template.yaml'), 'utf8'));
}

/** The catalog takes the template, and knows it by the name of its folder. */
export async function checkSchema(template: Folder): Promise<void> {
  const definition = await definitionOf(template);
  // Throws with what is wrong; of another kind of entity it says false.
  assert.ok(
    await templateEntityV1beta3Validator.check(definition),
    'template.yaml is no template of scaffolder.backstage.io/v1beta3',
  );
  assert.equal(definition.metadata.name, path.basename(template.folder));
}

/** What teams read of a version begins with that version. */
export async function checkVersion({
  folder,
  version,
}: Folder & { version: string }): Promise<void> {
  const file = path.join(folder, 'CHANGELOG.md');
  const changelog = await fs.readFile(file, 'utf8');
  assert.match(version ?? '', /^\d+\.\d+\.\d+$/);
  assert.equal(
    /^## (\S+)/m.exec(changelog)?.[1],
    version,
    'CHANGELOG.md does not begin with the version of the template',
  );
}
