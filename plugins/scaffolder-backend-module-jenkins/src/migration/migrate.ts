import { InputError } from '@backstage/errors';
import { parseJenkinsfile } from '../jenkinsfile/parse';
import type { Call } from '../jenkinsfile/Statement';
import { Draft } from './Draft';
import { Findings, type Untranslated } from './Findings';
import { jenkinsVariables } from './names';
import { addDeclarative } from './stages';
import { addSteps } from './steps';
import type { Workflow } from './Workflow';

/** What became of a Jenkinsfile. */
export type Migration = {
  workflow: Workflow;
  /** Code that is not in the workflow, in the order of the file. */
  untranslated: Untranslated[];
  /** What people have to do before the workflow can do the same, in Markdown. */
  toDo: string[];
};

/**
 * Translates a Jenkinsfile into a workflow of GitHub. What has no counterpart
 * is listed, never guessed.
 *
 * @param name - what the workflow is called
 * @throws InputError when the file cannot be read, or holds no pipeline
 */
export function migrateJenkinsfile(code: string, name: string): Migration {
  const statements = parseJenkinsfile(code);
  const workflow: Workflow = {
    name,
    on: { push: null, pull_request: null, workflow_dispatch: null },
    permissions: { contents: 'read' },
    jobs: {},
  };
  const findings = new Findings();
  const draft = new Draft(workflow, findings);
  const used = Object.entries(jenkinsVariables).filter(([variable]) =>
    new RegExp(`\\b${variable}\\b`).test(code),
  );
  if (used.length > 0) workflow.env = Object.fromEntries(used);

  const pipeline = statements.find(
    (one): one is Call => one.kind === 'call' && one.name === 'pipeline',
  );
  // What stands before a declarative pipeline may define what it uses.
  addSteps(
    statements.filter(one => one !== pipeline),
    { env: {} },
    draft,
  );
  if (pipeline) addDeclarative(pipeline, code, draft);
  const isEmpty = Object.keys(workflow.jobs).length === 0;
  // A pipeline of which nothing is left still has a list of what that was.
  if (isEmpty && pipeline && findings.untranslated.length > 0) {
    draft.openJob('build');
  } else if (isEmpty) {
    throw new InputError(
      'Nothing of this Jenkinsfile can be translated: it has no stages, steps or nodes. It may be a pipeline of a shared library; translate the code of that library',
    );
  }
  for (const job of Object.values(workflow.jobs)) {
    if (job.steps.length === 0) {
      job.steps.push({ run: 'echo "Nothing of this was translated"' });
    }
  }
  return {
    workflow,
    untranslated: findings.untranslated,
    toDo: findings.people,
  };
}
