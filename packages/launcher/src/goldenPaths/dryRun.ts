import assert from 'node:assert/strict';
import type { Answers } from './template.ts';

/** A template as its file has it, as far as a dry run is read by it. */
type Definition = { spec: { steps: { id: string }[] } };

/** A step that refuses the component has taken its input, and done all that it can do with it here. */
function refusesComponent(text: string, component: string): boolean {
  const { error } = JSON.parse(text) as { error?: { message?: string } };
  return error?.message?.includes(component) ?? false;
}

/**
 * Has the portal try a template: it holds the answers against the form, puts
 * them into every step, and does nothing outside. It passes when every step has
 * ended, or when one says that it must not touch the component: who tries
 * templates need not own a repository.
 *
 * @param post - sends a question to the portal, as somebody who may
 */
export async function askDryRun(
  template: Definition,
  answers: Answers,
  post: (address: string, json: object) => Promise<Response>,
): Promise<void> {
  const response = await post('/api/scaffolder/v2/dry-run', {
    template,
    values: answers,
    secrets: {},
    directoryContents: [],
  });
  const text = await response.text();
  if ([400, 403, 404].includes(response.status)) {
    assert.ok(refusesComponent(text, answers.component), text);
    return;
  }
  assert.equal(response.status, 200, text);
  const { log } = JSON.parse(text) as {
    log: { body: { stepId?: string; status?: string } }[];
  };
  const ended = log
    .filter(({ body }) => ['completed', 'skipped'].includes(body.status ?? ''))
    .map(({ body }) => body.stepId);
  for (const { id } of template.spec.steps) {
    assert.ok(ended.includes(id), `The step ${id} did not end: ${text}`);
  }
}
