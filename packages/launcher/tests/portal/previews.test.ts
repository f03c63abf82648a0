import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readTemplates } from '../../src/goldenPaths/template.ts';
import { callAs } from '../support/people.ts';

type Preview = {
  files: { path: string; content: string | null }[];
  log: { stepId: string; status: string }[];
};

const preview = (name: string, values: object) =>
  callAs('developer', '/api/golden-paths/previews', {
    method: 'POST',
    json: { templateRef: `template:default/${name}`, values },
  });

describe('a dry run of every golden path, in the portal', async () => {
  for (const { name, version, answers } of await readTemplates()) {
    for (const [set, values] of Object.entries(answers)) {
      it(`${name} takes the ${set} answers of its form`, async () => {
        const response = await preview(name, values);
        const text = await response.text();
        assert.equal(response.status, 200, text);
        const { files, log }: Preview = JSON.parse(text);
        const record = files.find(file => file.path === '.golden-path.json');
        const {
          template,
          version: made,
          answers: kept,
        } = JSON.parse(record?.content ?? '{}');
        assert.deepEqual(
          { template, made, kept },
          { template: `template:default/${name}`, made: version, kept: values },
        );
        assert.deepEqual(
          log.map(({ stepId, status }) => [stepId, status]),
          [
            ['render', 'completed'],
            ['publish', 'skipped'],
            ['register', 'skipped'],
          ],
        );
      });
    }

    it(`${name} asks for each answer, and for a name that can be one`, async () => {
      const { ordinary } = answers;
      const wrong = [
        ...Object.keys(ordinary).map(question => {
          const { [question]: _left, ...others } = ordinary;
          return [question, others] as const;
        }),
        ['name', { ...ordinary, name: 'Not a name' }] as const,
      ];
      for (const [question, values] of wrong) {
        const response = await preview(name, values);
        const text = await response.text();
        assert.equal(response.status, 400, `without ${question}: ${text}`);
        assert.ok(text.includes(question), text);
      }
    });
  }
});
