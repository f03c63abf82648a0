import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { languageOf, type PartsList } from '../../src/goldenPaths/languages.ts';
import { checkPartsList } from '../../src/goldenPaths/partsList.ts';
import type { Repository } from '../../src/goldenPaths/step.ts';
import {
  readTemplates,
  renderTemplate,
} from '../../src/goldenPaths/template.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-parts-'));
after(() => fs.rmSync(folder, { recursive: true }));

/**
 * A Java service whose Maven and whose build are played: both need minutes and
 * the network.
 */
async function serviceOf(shipped: string[]) {
  const [template] = await readTemplates('java-service');
  const answers = template.answers.ordinary;
  await renderTemplate(template, answers, folder);
  const repository: Repository = {
    name: 'java-service-parts',
    folder,
    template,
    answers,
  };
  const parts = (await languageOf(repository))?.parts;
  assert.ok(parts);
  const bom = {
    components: [
      { name: 'spring-core', version: '7.0.9' },
      { name: 'jackson-core', version: '3.0.4' },
    ],
  };
  fs.writeFileSync(
    path.join(folder, 'mvnw'),
    [
      '#!/bin/sh',
      'mkdir -p target',
      `echo '${JSON.stringify(bom)}' > ${parts.file}`,
    ].join('\n'),
  );
  const played: PartsList = { ...parts, shipped: async () => shipped };
  return { repository, parts: played };
}

describe('a list of parts', () => {
  it('has all that is in what was built', async () => {
    const { repository, parts } = await serviceOf(['spring-core-7.0.9']);
    await checkPartsList(repository, parts);
  });

  for (const [why, shipped] of Object.entries({
    'lacks a part': ['spring-core-7.0.9', 'snakeyaml-2.5'],
    'has another version': ['spring-core-7.0.8'],
    'is of nothing': [],
  })) {
    it(`is refused that ${why}`, async () => {
      const { repository, parts } = await serviceOf(shipped);
      await assert.rejects(checkPartsList(repository, parts));
    });
  }

  it('is refused when the pipeline has another made', async () => {
    const { repository, parts } = await serviceOf(['spring-core-7.0.9']);
    const workflow = path.join(folder, '.github/workflows/ci.yaml');
    const text = fs.readFileSync(workflow, 'utf8');
    assert.ok(text.includes(':makeBom'));
    fs.writeFileSync(workflow, text.replace(':makeBom', ':makePackageBom'));
    await assert.rejects(checkPartsList(repository, parts), /no job of ci/);
  });
});
