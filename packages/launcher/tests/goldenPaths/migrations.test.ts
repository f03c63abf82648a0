import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { checkMigration } from '../../src/goldenPaths/check.ts';
import { askDryRun } from '../../src/goldenPaths/dryRun.ts';
import { migrationSteps } from '../../src/goldenPaths/migrationSteps.ts';
import { readMigrations } from '../../src/goldenPaths/template.ts';

const copies = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-migration-'));
after(() => fs.rmSync(copies, { recursive: true }));

/** A step over a copy in which somebody made a mistake. */
async function look(name: string, file: string, from: string, to: string) {
  const [template] = await readMigrations('add-pipeline');
  const folder = path.join(copies, 'add-pipeline');
  fs.cpSync(template.folder, folder, { recursive: true });
  const text = fs.readFileSync(path.join(folder, file), 'utf8');
  assert.ok(text.includes(from));
  fs.writeFileSync(path.join(folder, file), text.replace(from, to));
  const step = migrationSteps.find(known => known.name === name);
  assert.ok(step);
  const repository = {
    name: 'add-pipeline-broken',
    folder,
    template: { ...template, folder },
    answers: template.answers.ordinary,
  };
  await step.run(repository, (await step.tools?.(repository)) ?? []);
}

describe('a template that changes what is there', () => {
  it('is looked at as far as it can be', async () => {
    const migrations = await readMigrations();
    assert.deepEqual(
      migrations.map(({ name }) => name),
      ['add-pipeline', 'adopt-golden-path', 'migrate-jenkins'],
    );
    const { results } = await checkMigration(migrations[0], false);
    assert.deepEqual(
      results.map(({ step, ended }) => [step, ended]),
      [
        ['Schema', 'passed'],
        ['Version', 'passed'],
        ['Docs', 'passed'],
      ],
    );
  });

  it('fails with what is wrong', async () => {
    await assert.rejects(
      look('Schema', 'template.yaml', '  steps:', '  step:'),
      /steps/,
    );
    await assert.rejects(
      look('Version', 'CHANGELOG.md', '## 1.', '## 9.'),
      /does not begin with the version/,
    );
    await assert.rejects(
      look('Docs', 'docs/index.md', '# ', '# [x](nowhere.md) '),
      /nowhere\.md/,
    );
  });
});

describe('a dry run', () => {
  const template = { spec: { steps: [{ id: 'one' }, { id: 'two' }] } };
  const answers = { component: 'component:default/a' };
  const said = (status: number, body: object) => async () =>
    new Response(JSON.stringify(body), { status });
  const end = (stepId: string) => ({ body: { stepId, status: 'completed' } });

  it('passes when every step has ended', async () => {
    await askDryRun(
      template,
      answers,
      said(200, { log: [end('one'), end('two')] }),
    );
  });

  it('passes when a step must not touch the component', async () => {
    const message = 'component:default/a is not of your teams';
    await askDryRun(template, answers, said(403, { error: { message } }));
  });

  it('fails when the portal lacks the action', async () => {
    const message = 'Template action with ID x is not registered';
    await assert.rejects(
      askDryRun(template, answers, said(404, { error: { message } })),
      /not registered/,
    );
  });

  it('fails with what the portal says, or with the step that did not end', async () => {
    await assert.rejects(
      askDryRun(
        template,
        answers,
        said(400, { errors: ['requires component'] }),
      ),
      /requires component/,
    );
    await assert.rejects(
      askDryRun(template, answers, said(200, { log: [end('one')] })),
      /The step two did not end/,
    );
  });
});
