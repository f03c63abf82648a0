import assert from 'node:assert/strict';

/** A template as its file has it, as far as a dry run is read by it. */
type Definition = { spec: { steps: { id: string }[] } };

/**
 * Has the portal try a template: it holds the answers against the form, puts
 * them into every step, and does nothing outside.
 *
 * @param post - sends a question to the portal, as somebody who may
 */
export async function askDryRun(
  template: Definition,
  answers: object,
  post: (address: string, json: object) => Promise<Response>,
): Promise<void> {
  const response = await post('/api/scaffolder/v2/dry-run', {
    template,
    values: answers,
    secrets: {},
    directoryContents: [],
  });
  const text = await response.text();
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
