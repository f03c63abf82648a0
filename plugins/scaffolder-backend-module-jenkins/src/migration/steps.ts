import type { Call, Statement } from '../jenkinsfile/Statement';
import { both, conditionOf } from './conditions';
import type { Draft, Scope } from './Draft';
import { addPipelineProperties } from './settings';
import { uniqueId } from './names';
import { plainSteps, withoutIndent } from './plainSteps';
import { argument, commandOf, constantArgument, constantOf } from './texts';
import { knownName, wrappers } from './wrappers';

const notKnown =
  'There is no translation for it; look for an action that does the same, or call its API';
const tooMuch =
  'Its arguments are computed in Groovy; write the command for a shell';

/** Why a step is left out, where there is more to say than that it is not known. */
const reasons: Record<string, string> = {
  build:
    'It starts another job; call a reusable workflow, or start one by `gh workflow run`',
  emailext:
    'GitHub notifies by itself; for others, use an action of your mail service',
  mail: 'GitHub notifies by itself; for others, use an action of your mail service',
  slackSend:
    'Use the app of Slack for GitHub, or slackapi/slack-github-action with a secret',
  waitForQualityGate: 'Use the check of SonarQube on the pull request',
  throw: 'A step that fails ends the job by itself',
  for: 'A loop of Groovy; use a matrix, or a loop of the shell',
  while: 'A loop of Groovy; use a loop of the shell',
  load: 'It runs code of another file; translate that as well',
};

/** Translates statements one after the other, into the job that is open. */
export function addSteps(
  statements: Statement[],
  outer: Scope,
  draft: Draft,
): void {
  let scope = outer;
  for (const statement of statements) {
    switch (statement.kind) {
      case 'call':
        // `stage 'x'` without a body names what follows.
        if (statement.name === 'stage' && !statement.body) {
          scope = { ...scope, stage: constantArgument(statement, 'name') };
        } else {
          addCall(statement, scope, draft);
        }
        break;
      case 'assignment':
        addAssignment(statement, scope, draft);
        break;
      case 'if':
        addBranches(statement, scope, draft);
        break;
      case 'try': {
        const first = draft.length;
        addSteps(statement.body, scope, draft);
        after(statement.caught, 'failure()', first, scope, draft);
        after(statement.lastly, 'always()', first, scope, draft);
        break;
      }
      default:
        if (statement.source.startsWith('@')) {
          draft.findings.leftOut(
            statement,
            'GitHub has no shared libraries; use reusable workflows and actions',
          );
        } else if (!/^(return|import)\b/.test(statement.source)) {
          draft.findings.leftOut(
            statement,
            'Code of Groovy; write it for a shell',
          );
        }
    }
  }
}

/** Steps for how others ended: those of the open job from a place on. */
export function after(
  statements: Statement[],
  status: string,
  first: number,
  scope: Scope,
  draft: Draft,
): void {
  if (statements.length === 0) return;
  const id = draft.idOf(first, scope.stage ?? 'begin');
  const ran = id && `steps.${id}.outcome != 'skipped'`;
  addSteps(
    statements,
    { ...scope, condition: both(both(status, ran), scope.condition) },
    draft,
  );
}

/** Words of Groovy that say nothing of what is done. */
const silent = new Set(['import', 'package', 'return']);

function addCall(call: Call, scope: Scope, draft: Draft): void {
  const name = knownName(call);
  if (silent.has(name)) return;
  const body = draft.functions.get(name);
  const [declared] = call.positional;
  if (name === 'parallel') {
    addParallel(call, scope, draft);
  } else if (name === 'stage') {
    const stage = constantArgument(call, 'name') ?? scope.stage;
    addSteps(call.body ?? [], { ...scope, stage }, draft);
  } else if (name === 'input') {
    addQuestion(call, scope, draft);
  } else if (name === 'retry') {
    addRetry(call, scope, draft);
  } else if (name === 'properties') {
    addPipelineProperties(call, draft);
  } else if (declared?.kind === 'call' && /^(def|void)$/.test(name)) {
    const { call: made } = declared;
    const isName = !made.body && !made.source.includes('(');
    if (isName) return;
    if (made.positional.length === 0 && made.body) {
      draft.functions.set(made.name, made.body);
    } else {
      draft.findings.leftOut(
        call,
        'A function of Groovy; make it a script or an action of the repository',
      );
    }
  } else if (body) {
    addSteps(body, scope, draft);
  } else if (call.body) {
    addSurrounded(call, name, scope, draft);
  } else {
    addPlain(call, name, scope, draft);
  }
}

function addSurrounded(call: Call, name: string, scope: Scope, draft: Draft) {
  const wasOpen = draft.isOpen;
  const made = /^(\w+)\.inside$/.exec(name)?.[1];
  const image = made && draft.constants.get(`image ${made}`);
  if (image) {
    addSteps(call.body ?? [], { ...scope, image }, draft);
    return;
  }
  const inner = wrappers[name]?.(call, scope, draft);
  if (inner) addSteps(call.body ?? [], inner, draft);
  else draft.findings.leftOut(call, reasons[name] ?? notKnown);
  if (name === 'node' && !wasOpen) draft.closeJob();
}

function addPlain(call: Call, name: string, scope: Scope, draft: Draft) {
  const pushed = /^(\w+)\.push$/.exec(name)?.[1];
  const image = pushed && draft.constants.get(`image ${pushed}`);
  if (image) {
    addPush(call, image, scope, draft);
    return;
  }
  const translate = plainSteps[name];
  const steps = translate?.(call, draft);
  if (!steps) {
    draft.findings.leftOut(
      call,
      translate ? tooMuch : reasons[name] ?? notKnown,
    );
    return;
  }
  for (const step of steps) draft.add(step, scope);
}

function addPush(call: Call, image: string, scope: Scope, draft: Draft) {
  const tag = draft.shellText(call.positional[0]);
  const other = tag && `${image.replace(/:[^:/]*$/, '')}:${tag}`;
  const named = other === image ? undefined : other;
  draft.add(
    {
      run: named
        ? `docker tag "${image}" "${named}"\ndocker push "${named}"`
        : `docker push "${image}"`,
    },
    scope,
  );
}

function addAssignment(
  statement: Extract<Statement, { kind: 'assignment' }>,
  scope: Scope,
  draft: Draft,
) {
  const { value } = statement;
  if (!/^(env\.)?\w+$/.test(statement.name)) {
    draft.findings.leftOut(statement, 'How a run ends follows from its steps');
    return;
  }
  const name = statement.name.replace(/^env\./, '');
  const constant = constantOf(value);
  if (
    constant !== undefined &&
    !scope.condition &&
    !statement.name.startsWith('env.')
  ) {
    draft.constants.set(name, constant);
    return;
  }
  const command = draft.shellText(commandOf(value));
  const built =
    value.kind === 'call' && knownName(value.call) === 'docker.build'
      ? value.call
      : undefined;
  const text = draft.shellText(value);
  draft.constants.delete(name);
  if (built) {
    const image = draft.shellText(built.positional[0]);
    if (image) draft.constants.set(`image ${name}`, image);
    addPlain(built, 'docker.build', scope, draft);
  } else if (command !== undefined) {
    draft.variables.add(name);
    draft.add(
      {
        name: `set ${name}`,
        run: `{\n  echo '${name}<<END_OF_VALUE'\n${withoutIndent(
          command,
        ).replaceAll(
          /^(?=.)/gm,
          '  ',
        )}\n  echo END_OF_VALUE\n} >> "$GITHUB_ENV"`,
      },
      { ...scope, image: undefined },
    );
  } else if (text !== undefined && value.kind === 'text') {
    draft.variables.add(name);
    draft.add(
      {
        name: `set ${name}`,
        run: `echo "${name}=${text.replaceAll('"', '\\"')}" >> "$GITHUB_ENV"`,
      },
      { ...scope, image: undefined },
    );
  } else {
    draft.findings.leftOut(
      statement,
      'Its value is computed in Groovy; compute it in a shell',
    );
  }
}

function addBranches(
  statement: Extract<Statement, { kind: 'if' }>,
  scope: Scope,
  draft: Draft,
) {
  const condition = conditionOf(statement.condition, draft.inputs);
  if (!condition) {
    draft.findings.leftOut(
      statement,
      'Its condition is computed in Groovy; say it as an `if` of a step',
    );
    return;
  }
  addSteps(
    statement.then,
    { ...scope, condition: both(condition, scope.condition) },
    draft,
  );
  addSteps(
    statement.otherwise,
    { ...scope, condition: both(`!(${condition})`, scope.condition) },
    draft,
  );
}

function addRetry(call: Call, scope: Scope, draft: Draft) {
  const times = Number(constantArgument(call, 'count'));
  const [only, ...more] = call.body ?? [];
  const run =
    only?.kind === 'call' && only.name === 'sh' && more.length === 0
      ? draft.shellText(argument(only, 'script'))
      : undefined;
  if (run === undefined || !(times > 0)) {
    draft.findings.leftOut(
      call,
      'A step is not tried again by GitHub. What is inside was translated',
    );
    addSteps(call.body ?? [], scope, draft);
    return;
  }
  const attempts = Array.from({ length: times }, (_, index) => index + 1);
  const command = withoutIndent(run);
  draft.add(
    {
      name: command.split('\n')[0].slice(0, 60),
      run: `for attempt in ${attempts.join(
        ' ',
      )}; do\n  if bash -e <<'END_OF_ATTEMPT'\n${command}\nEND_OF_ATTEMPT\n  then exit 0; fi\n  echo "Attempt $attempt failed"\ndone\nexit 1`,
    },
    scope,
  );
}

/** What follows waits in a job of its own for somebody to say yes. */
export function addQuestion(call: Call, scope: Scope, draft: Draft): void {
  const asked = call.body?.find(
    (one): one is Call => one.kind === 'call' && one.name === 'message',
  );
  const question = argument(asked ?? call, 'message');
  const message =
    question?.kind === 'text'
      ? question.parts
          .map(part => ('text' in part ? part.text : part.expression))
          .join('')
      : 'Go on?';
  const environment = uniqueId(scope.stage ?? 'approval', () => false);
  const job = draft.openJob(scope.stage ?? 'approved');
  // Where the stage is passed over, nobody is asked.
  job.environment = scope.condition
    ? `\${{ ${scope.condition} && '${environment}' || '' }}`
    : environment;
  draft.findings.toDo(
    `Make the environment \`${environment}\` of the repository, with required reviewers: it stands for the question "${message}".`,
  );
}

function addParallel(call: Call, scope: Scope, draft: Draft) {
  const [first] = call.positional;
  const branches = first?.kind === 'map' ? first.entries : call.named;
  const bodies = [...branches].flatMap(([name, value]) =>
    value.kind === 'closure' ? [[name, value.body] as const] : [],
  );
  if (bodies.length === 0) {
    draft.findings.leftOut(
      call,
      'What runs side by side is computed in Groovy; use a matrix',
    );
    return;
  }
  sideBySide(
    draft,
    bodies.map(([name, body]) => () => {
      const [only] = body;
      // The node opens the job itself.
      const isNode =
        body.length === 1 && only.kind === 'call' && only.name === 'node';
      if (!isNode) draft.openJob(name);
      const inner = { ...scope, stage: name };
      addSteps(body, inner, draft);
    }),
  );
}

/** Jobs that begin at the same time; what follows waits for all of them. */
export function sideBySide(draft: Draft, branches: (() => void)[]): void {
  draft.closeJob();
  const before = draft.needs;
  const ends: string[] = [];
  for (const add of branches) {
    draft.needs = before;
    add();
    draft.closeJob();
    ends.push(...draft.needs.filter(id => !before.includes(id)));
  }
  draft.needs = ends.length > 0 ? ends : before;
}
