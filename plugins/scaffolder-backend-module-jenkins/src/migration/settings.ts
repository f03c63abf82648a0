import type { Call, Statement, Value } from '../jenkinsfile/Statement';
import type { Draft, Scope } from './Draft';
import { jenkinsVariables } from './names';
import { commandOf, constantArgument, constantOf, workflowText } from './texts';
import { timeoutOf } from './wrappers';
import type { WorkflowInput } from './Workflow';

export const callsOf = (statements: Statement[] = []) =>
  statements.filter((one): one is Call => one.kind === 'call');

/** What is listed because a part of the settings is not known. */
const notKnown =
  'GitHub has no such setting, or has it in the settings of the repository';

function inputOf(call: Call): WorkflowInput | undefined {
  const description = constantOf(call.named.get('description'));
  const about = description ? { description } : {};
  const value = constantOf(call.named.get('defaultValue'));
  switch (call.name) {
    case 'string':
    case 'text':
      return { ...about, type: 'string', ...(value && { default: value }) };
    case 'booleanParam':
      return { ...about, type: 'boolean', default: value === 'true' };
    case 'choice': {
      const choices = call.named.get('choices');
      const options =
        choices?.kind === 'list'
          ? choices.items.map(constantOf)
          : constantOf(choices)?.split('\n');
      const known = (options ?? []).filter(one => one !== undefined);
      return known.length > 0
        ? { ...about, type: 'choice', options: known, default: known[0] }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** Parameters become inputs of a run by hand, and variables for every run. */
export function addParameters(calls: Call[], draft: Draft): void {
  const inputs: Record<string, WorkflowInput> = {};
  for (const call of calls) {
    const name = constantOf(call.named.get('name'));
    const input = inputOf(call);
    if (!name || !input) {
      if (call.name === 'password' && name) {
        draft.variables.add(name);
        draft.workflow.env = {
          ...draft.workflow.env,
          [name]: draft.findings.secret(name),
        };
      } else {
        draft.findings.leftOut(
          call,
          'Inputs of a workflow are texts, choices and booleans',
        );
      }
      continue;
    }
    inputs[name] = input;
    draft.parameters.set(name, input.type);
    draft.variables.add(name);
    const otherwise = String(input.default ?? '').replaceAll("'", "''");
    draft.workflow.env = {
      ...draft.workflow.env,
      // A run that nobody started by hand has no inputs.
      [name]: `\${{ github.event_name == 'workflow_dispatch' && format('{0}', inputs.${name}) || '${otherwise}' }}`,
    };
  }
  if (Object.keys(inputs).length > 0) {
    draft.workflow.on.workflow_dispatch = { inputs };
  }
}

const nicknames: Record<string, string> = {
  '@yearly': 'H H 1 1 *',
  '@annually': 'H H 1 1 *',
  '@monthly': 'H H 1 * *',
  '@weekly': 'H H * * 0',
  '@daily': 'H H * * *',
  '@midnight': 'H 0 * * *',
  '@hourly': 'H * * * *',
};

/** A line of Jenkins' cron, in which H is any value, as one of GitHub. */
function cronOf(line: string): string | undefined {
  const fields = (nicknames[line] ?? line).split(/\s+/);
  if (fields.length !== 5) return undefined;
  const least = [17, 3, 1, 1, 1];
  const translated = fields.map((field, index) =>
    field
      .replace(/^H\((\d+)-\d+\)$/, '$1')
      .replace(/^H\/(\d+)$/, '*/$1')
      .replace(/^H$/, String(least[index])),
  );
  return translated.every(field => /^[\d*/,-]+$/.test(field))
    ? translated.join(' ')
    : undefined;
}

export function addTriggers(calls: Call[], draft: Draft): void {
  for (const call of calls) {
    const lines = (constantArgument(call, 'spec') ?? '')
      .split('\n')
      .map(line => line.trim())
      .filter(line => line && !line.startsWith('#'));
    const crons = lines.map(cronOf);
    if (
      call.name === 'cron' &&
      lines.length > 0 &&
      !crons.includes(undefined)
    ) {
      draft.workflow.on.schedule = [
        ...(draft.workflow.on.schedule ?? []),
        ...crons.map(cron => ({ cron: cron ?? '' })),
      ];
      draft.findings.toDo(
        'Schedules of GitHub are in UTC; look whether the hours are still right.',
      );
    } else if (!/^(pollSCM|githubPush|gitlab|bitbucketPush)$/.test(call.name)) {
      draft.findings.leftOut(call, 'No trigger of GitHub is like it');
    }
  }
}

/** Options whose purpose GitHub serves by itself. */
const served = new Set([
  'timestamps',
  'ansiColor',
  'preserveStashes',
  'parallelsAlwaysFailFast',
  'quietPeriod',
  'durabilityHint',
  'disableResume',
  'newContainerPerStage',
]);

export function addOptions(calls: Call[], draft: Draft): void {
  for (const call of calls) {
    const timeout = call.name === 'timeout' ? timeoutOf(call) : undefined;
    if (timeout) {
      draft.timeout = timeout;
    } else if (call.name === 'skipDefaultCheckout') {
      draft.checksOut = false;
    } else if (call.name === 'disableConcurrentBuilds') {
      draft.workflow.concurrency = '${{ github.workflow }}-${{ github.ref }}';
    } else if (call.name === 'buildDiscarder') {
      draft.findings.toDo(
        'How long runs and artifacts are kept is a setting of the repository.',
      );
    } else if (!served.has(call.name)) {
      draft.findings.leftOut(call, notKnown);
    }
  }
}

/** `properties([…])` of a scripted pipeline. */
export function addPipelineProperties(call: Call, draft: Draft): void {
  const [list] = call.positional;
  const properties =
    list?.kind === 'list'
      ? list.items.flatMap(item => (item.kind === 'call' ? [item.call] : []))
      : [];
  const inside = ({ positional: [value] }: Call) =>
    value?.kind === 'list'
      ? value.items.flatMap((item: Value) =>
          item.kind === 'call' ? [item.call] : [],
        )
      : [];
  if (properties.length === 0) draft.findings.leftOut(call, notKnown);
  for (const property of properties) {
    if (property.name === 'parameters') {
      addParameters(inside(property), draft);
    } else if (property.name === 'pipelineTriggers') {
      addTriggers(inside(property), draft);
    } else {
      addOptions([property], draft);
    }
  }
}

/**
 * Variables of an `environment` block. Those that are known before a run go
 * into the scope, the others are set by a step.
 */
export function environmentOf(
  statements: Statement[] | undefined,
  code: string,
  draft: Draft,
): { env: Record<string, string>; addSteps: (scope: Scope) => void } {
  const env: Record<string, string> = {};
  const later: { name: string; run: string }[] = [];
  for (const statement of statements ?? []) {
    if (statement.kind !== 'assignment') {
      draft.findings.leftOut(statement, 'It is no variable');
      continue;
    }
    const { name, value } = statement;
    const call = value.kind === 'call' ? value.call : undefined;
    const credential =
      call?.name === 'credentials' ? constantArgument(call, 'id') : undefined;
    const text = workflowText(
      value,
      new Map([
        ...Object.entries(jenkinsVariables),
        ...draft.constants,
        ...Object.entries(draft.workflow.env ?? {}),
        ...Object.entries(env),
      ]),
    );
    const output = draft.shellText(commandOf(value));
    draft.variables.add(name);
    if (credential) {
      env[name] = draft.findings.secret(credential);
      for (const [suffix, part] of [
        ['USR', 'USERNAME'],
        ['PSW', 'PASSWORD'],
      ]) {
        if (!code.includes(`${name}_${suffix}`)) continue;
        delete env[name];
        env[`${name}_${suffix}`] = draft.findings.secret(credential, part);
        draft.variables.add(`${name}_${suffix}`);
      }
    } else if (text !== undefined) {
      env[name] = text;
    } else if (output !== undefined) {
      later.push({
        name,
        run: `echo "${name}=$(${output.trim()})" >> "$GITHUB_ENV"`,
      });
    } else {
      draft.variables.delete(name);
      draft.findings.leftOut(
        statement,
        'Its value is computed in Groovy; compute it in a step',
      );
    }
  }
  return {
    env,
    addSteps(scope) {
      for (const { name, run } of later) {
        draft.add({ name: `set ${name}`, run }, scope);
      }
    },
  };
}

/** The version that a name such as `JDK 17` or `Node 20.11` holds. */
const versionIn = (name: string) => /\d+(?:\.\d+)*/.exec(name)?.[0];

export function addTools(calls: Call[], scope: Scope, draft: Draft): void {
  for (const call of calls) {
    const installation = constantArgument(call, 'name') ?? '';
    const version = versionIn(installation);
    if (call.name === 'jdk' && version) {
      draft.add(
        {
          uses: 'actions/setup-java@v5',
          with: {
            distribution: 'temurin',
            'java-version': version.replace(/^1\./, ''),
          },
        },
        scope,
      );
    } else if (call.name === 'nodejs' && version) {
      draft.add(
        { uses: 'actions/setup-node@v5', with: { 'node-version': version } },
        scope,
      );
    } else if (call.name === 'go' && version) {
      draft.add(
        { uses: 'actions/setup-go@v6', with: { 'go-version': version } },
        scope,
      );
    } else if (call.name === 'maven' || call.name === 'gradle') {
      draft.findings.toDo(
        `Jenkins brought ${call.name} as \`${installation}\`; the runner has a version of its own. Prefer the wrapper of the repository.`,
      );
    } else {
      draft.findings.leftOut(
        call,
        'Which version this is, only Jenkins knows; add a setup action',
      );
    }
  }
}
