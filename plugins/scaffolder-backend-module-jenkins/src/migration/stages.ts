import type { Call, Statement } from '../jenkinsfile/Statement';
import { agentOf } from './agents';
import { both, conditionOfWhen } from './conditions';
import { defaultAgent, type Agent, type Draft, type Scope } from './Draft';
import {
  addOptions,
  addParameters,
  addTools,
  addTriggers,
  callsOf,
  environmentOf,
} from './settings';
import { addQuestion, addSteps, after, sideBySide } from './steps';
import { argument, constantArgument, constantOf } from './texts';
import { timeoutOf } from './wrappers';

const part = (call: Call, name: string) =>
  callsOf(call.body).find(one => one.name === name);

/** What `post` calls an end, and what GitHub does. */
const ends: Record<string, string> = {
  always: 'always()',
  cleanup: 'always()',
  success: 'success()',
  failure: 'failure()',
  unsuccessful: 'failure()',
  aborted: 'cancelled()',
};

/** The stages of a declarative pipeline, one after the other. */
export function addStages(
  stages: Call[],
  scope: Scope,
  code: string,
  draft: Draft,
): void {
  for (const stage of stages) {
    if (stage.name === 'stage') addStage(stage, scope, code, draft);
    else draft.findings.leftOut(stage, 'It is no stage');
  }
}

function addStage(stage: Call, outer: Scope, code: string, draft: Draft) {
  const name = constantArgument(stage, 'name') ?? 'stage';
  const condition = both(outer.condition, conditionFor(stage, name, draft));
  const asks = part(stage, 'input');
  if (asks) addQuestion(asks, { ...outer, stage: name, condition }, draft);
  const restore = withAgent(stage, name, draft, asks !== undefined);

  const { env, addSteps: addVariables } = environmentOf(
    part(stage, 'environment')?.body,
    code,
    draft,
  );
  const timeouts = callsOf(part(stage, 'options')?.body).map(timeoutOf);
  const timeout = timeouts.find(minutes => minutes !== undefined);
  const scope: Scope = {
    ...outer,
    stage: name,
    env: { ...outer.env, ...env },
    condition,
    ...(timeout && { timeout }),
  };

  const inside = ['stages', 'parallel', 'matrix'].flatMap(
    kind => part(stage, kind) ?? [],
  )[0];
  if (inside?.name === 'parallel') {
    const branches = callsOf(inside.body).filter(one => one.name === 'stage');
    sideBySide(
      draft,
      branches.map(branch => () => addStage(branch, scope, code, draft)),
    );
  } else if (inside?.name === 'matrix') {
    addMatrix(inside, scope, code, draft);
  } else if (inside) {
    addStages(callsOf(inside.body), scope, code, draft);
  } else {
    const first = draft.isOpen ? draft.length : Number(draft.checksOut);
    addVariables(scope);
    addTools(callsOf(part(stage, 'tools')?.body), scope, draft);
    addSteps(part(stage, 'steps')?.body ?? [], scope, draft);
    for (const end of callsOf(part(stage, 'post')?.body)) {
      addEnd(end, draft, status =>
        after(end.body ?? [], status, first, scope, draft),
      );
    }
  }
  restore();
}

/** A stage with an agent of its own is a job of its own. */
function withAgent(
  stage: Call,
  name: string,
  draft: Draft,
  isOpen: boolean,
): () => void {
  const call = part(stage, 'agent');
  if (!call) return () => {};
  const before: Agent = draft.agent;
  draft.agent = agentOf(call, draft) ?? before;
  if (isOpen || part(stage, 'parallel') || part(stage, 'matrix')) {
    if (!isOpen) draft.closeJob();
  } else {
    draft.openJob(name);
  }
  return () => {
    draft.agent = before;
    draft.closeJob();
  };
}

function conditionFor(
  stage: Call,
  name: string,
  draft: Draft,
): string | undefined {
  const when = part(stage, 'when');
  if (!when) return undefined;
  const condition = conditionOfWhen(when.body ?? [], draft.inputs);
  if (condition) return condition;
  const variable = `RUN_${name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}`;
  draft.findings.leftOut(
    when,
    `The stage "${name}" does not run until the variable ${variable} of the repository is "true", or its steps have another \`if\``,
  );
  return `vars.${variable} == 'true'`;
}

function addMatrix(matrix: Call, scope: Scope, code: string, draft: Draft) {
  const axes = callsOf(part(matrix, 'axes')?.body).flatMap(axis => {
    const named = part(axis, 'name');
    const name = named && constantOf(argument(named, 'name'));
    const values = part(axis, 'values')?.positional.map(constantOf) ?? [];
    return name
      ? [[name, values.filter(one => one !== undefined)] as const]
      : [];
  });
  const excludes = part(matrix, 'excludes');
  if (excludes) {
    draft.findings.leftOut(excludes, 'Say them as `exclude` of the matrix');
  }
  const agent = part(matrix, 'agent');
  const job = draft.openJob(
    scope.stage ?? 'matrix',
    (agent && agentOf(agent, draft)) ?? draft.agent,
  );
  job.strategy = { 'fail-fast': false, matrix: Object.fromEntries(axes) };
  job.env = Object.fromEntries(
    axes.map(([name]) => [name, `\${{ matrix.${name} }}`]),
  );
  for (const [name] of axes) draft.variables.add(name);
  addStages(callsOf(part(matrix, 'stages')?.body), scope, code, draft);
  draft.closeJob();
}

function addEnd(call: Call, draft: Draft, add: (status: string) => void) {
  const status = ends[call.name];
  if (status) add(status);
  else draft.findings.leftOut(call, 'GitHub knows no run that ended like this');
}

/** What a pipeline does at its end: in its only job, or in one that waits for all. */
function addPost(post: Call, scope: Scope, draft: Draft) {
  const { jobs } = draft.workflow;
  const ids = Object.keys(jobs);
  const only = ids.length === 1 && draft.isOpen;
  if (!only) {
    draft.needs = ids;
    const job = draft.openJob('post', defaultAgent);
    job.if = 'always()';
  }
  const ofAll: Record<string, string> = {
    'always()': 'always()',
    'success()': "!contains(needs.*.result, 'failure')",
    'failure()': "contains(needs.*.result, 'failure')",
    'cancelled()': "contains(needs.*.result, 'cancelled')",
  };
  for (const end of callsOf(post.body)) {
    addEnd(end, draft, status =>
      addSteps(
        end.body ?? [],
        { ...scope, stage: 'post', condition: only ? status : ofAll[status] },
        draft,
      ),
    );
  }
}

/** What stands in `pipeline { … }`. */
export function addDeclarative(
  pipeline: Call,
  code: string,
  draft: Draft,
): void {
  draft.checksOut = true;
  const agent = part(pipeline, 'agent');
  draft.agent = (agent && agentOf(agent, draft)) ?? defaultAgent;
  addParametersAndOptions(pipeline, draft);
  const { env, addSteps: addVariables } = environmentOf(
    part(pipeline, 'environment')?.body,
    code,
    draft,
  );
  if (Object.keys(env).length > 0) {
    draft.workflow.env = { ...draft.workflow.env, ...env };
  }
  const scope: Scope = { env: {} };
  const begins = draft.length;
  addVariables(scope);
  const tools = callsOf(part(pipeline, 'tools')?.body);
  if (tools.length > 0) addTools(tools, scope, draft);
  if (draft.length > begins) {
    draft.findings.toDo(
      'Tools and computed variables are set in the first job; repeat their steps in others that need them.',
    );
  }
  addStages(callsOf(part(pipeline, 'stages')?.body), scope, code, draft);
  const post = part(pipeline, 'post');
  if (post) addPost(post, scope, draft);
  leaveOutOthers(pipeline.body ?? [], draft);
}

function addParametersAndOptions(pipeline: Call, draft: Draft) {
  addParameters(callsOf(part(pipeline, 'parameters')?.body), draft);
  addTriggers(callsOf(part(pipeline, 'triggers')?.body), draft);
  addOptions(callsOf(part(pipeline, 'options')?.body), draft);
}

const known = new Set([
  'agent',
  'environment',
  'options',
  'parameters',
  'post',
  'stages',
  'tools',
  'triggers',
]);

function leaveOutOthers(statements: Statement[], draft: Draft) {
  for (const statement of statements) {
    if (statement.kind !== 'call' || !known.has(statement.name)) {
      draft.findings.leftOut(statement, 'Nothing of GitHub is like it');
    }
  }
}
