import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { checkTemplate, type Result } from '../../src/goldenPaths/check.ts';
import { languageOf } from '../../src/goldenPaths/languages.ts';
import type { Repository } from '../../src/goldenPaths/step.ts';
import { steps } from '../../src/goldenPaths/steps.ts';
import {
  readTemplate,
  renderTemplate,
  type Template,
} from '../../src/goldenPaths/template.ts';
import { paths } from '../../src/paths.ts';

const tutorial = path.join(paths.root, 'docs/tutorial/write-a-golden-path.md');

/** Blocks of a page that name the file they are, with their text. */
const namedBlocks = /^(`{3,})\w+ title="([^"]+)"\n(.*?)^\1$/gms;

let folder: string;
let template: Template;

before(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-tutorial-'));
  const page = await fs.readFile(tutorial, 'utf8');
  for (const [, , name, text] of page.matchAll(namedBlocks)) {
    const file = path.join(folder, name);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, text);
  }
  // Beside the others, a template finds what all of them are asked.
  const shared = path.join('templates', 'requests.yaml');
  await fs.copyFile(path.join(paths.root, shared), path.join(folder, shared));
  const read = await readTemplate(path.join(folder, 'templates', 'go-tool'));
  assert.ok(read);
  template = read;
});

after(() => fs.rm(folder, { recursive: true, force: true }));

describe('the golden path of the tutorial', () => {
  const seen = ['Renders', 'Workflows', 'Delivery event', 'Docs'];
  const looked: Result[] = [];

  it('has what can be seen without installing it', async () => {
    const { results } = await checkTemplate(template, false);
    looked.push(...results.filter(({ ended }) => ended !== 'has none'));
    assert.deepEqual(
      looked.map(({ step }) => step),
      seen,
    );
  });

  for (const [index, step] of seen.entries()) {
    it(`passes: ${step}`, t => {
      const { ended, reason } = looked[index];
      if (ended === 'skipped') {
        t.skip(reason);
        return;
      }
      assert.deepEqual([ended, reason], ['passed', undefined]);
    });
  }

  it('becomes a tool that builds and passes its tests', async t => {
    const repository: Repository = {
      name: 'go-tool-tutorial',
      folder: path.join(folder, 'price-list'),
      template,
      answers: template.answers.ordinary,
    };
    await renderTemplate(template, repository.answers, repository.folder);
    const language = await languageOf(repository);
    assert.equal(language?.name, 'Go');
    try {
      await language.tools();
    } catch {
      t.skip('Go is not on this machine');
      return;
    }
    for (const name of ['Install', 'Build', 'Tests', 'Lint']) {
      const step = steps.find(other => other.name === name);
      assert.ok(step, `there is a step ${name}`);
      await step.run(repository, []);
    }
  });
});
