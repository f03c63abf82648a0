import type { Call, Value } from '../jenkinsfile/Statement';
import { runnerFor } from './agents';
import type { Draft, Scope } from './Draft';
import { constantArgument, constantOf } from './texts';

/** What surrounds the body of a call; `undefined` when it cannot be translated. */
type Surround = (call: Call, scope: Scope, draft: Draft) => Scope | undefined;

const nothing: Surround = (_, scope) => scope;

/** The content counts, and what surrounds it is left out. */
const without =
  (why: string): Surround =>
  (call, scope, draft) => {
    draft.findings.leftOut(call, `${why}. What is inside was translated`);
    return scope;
  };

const minutes: Record<string, number> = {
  SECONDS: 1 / 60,
  MINUTES: 1,
  HOURS: 60,
  DAYS: 1440,
};

/** Minutes of a `timeout`, one at least. */
export function timeoutOf(call: Call): number | undefined {
  const time = Number(constantArgument(call, 'time'));
  const unit = minutes[constantOf(call.named.get('unit')) ?? 'MINUTES'];
  return time > 0 && unit ? Math.max(1, Math.ceil(time * unit)) : undefined;
}

function variablesOf(call: Call, draft: Draft) {
  const [list] = call.positional;
  if (list?.kind !== 'list') return undefined;
  const env: Record<string, string> = {};
  for (const item of list.items) {
    const text = draft.shellText(item);
    const [, name, value] = /^(\w+)=([^]*)$/.exec(text ?? '') ?? [];
    // In `env` nothing is replaced: a variable of the shell would stay as it is written.
    if (!name || /\$\{/.test(value)) return undefined;
    env[name] = value;
  }
  return env;
}

/** The variables of one entry of `withCredentials`. */
function bound(item: Value, draft: Draft): Record<string, string> | undefined {
  if (item.kind !== 'call') return undefined;
  const { call } = item;
  const id = constantOf(call.named.get('credentialsId'));
  if (!id) return undefined;
  const wanted: [string, string][] = [];
  const take = (name: string, part: string) => {
    const variable = constantOf(call.named.get(name));
    if (variable) wanted.push([variable, draft.findings.secret(id, part)]);
  };
  switch (call.name) {
    case 'string':
      take('variable', '');
      break;
    case 'usernamePassword':
      take('usernameVariable', 'USERNAME');
      take('passwordVariable', 'PASSWORD');
      break;
    case 'usernameColonPassword':
      take('variable', '');
      break;
    default:
      return undefined;
  }
  return Object.fromEntries(wanted);
}

/** The path of a credential that is a file, which a step writes. */
function boundFile(item: Value, scope: Scope, draft: Draft) {
  if (item.kind !== 'call') return undefined;
  const { call } = item;
  const id = constantOf(call.named.get('credentialsId'));
  const variable = constantOf(
    call.named.get(call.name === 'file' ? 'variable' : 'keyFileVariable'),
  );
  const known = call.name === 'file' || call.name === 'sshUserPrivateKey';
  if (!known || !id || !variable) return undefined;
  const path = `"$RUNNER_TEMP/${variable}"`;
  draft.add(
    {
      name: `write ${variable}`,
      run: `install -m 600 /dev/null ${path}\nprintf '%s\\n' "$CONTENT" > ${path}`,
      env: { CONTENT: draft.findings.secret(id) },
    },
    { ...scope, image: undefined, folder: undefined },
  );
  return { [variable]: `\${{ runner.temp }}/${variable}` };
}

const withCredentials: Surround = (call, scope, draft) => {
  const [list] = call.positional;
  const env = { ...scope.env };
  for (const item of list?.kind === 'list' ? list.items : []) {
    const variables = bound(item, draft) ?? boundFile(item, scope, draft);
    if (!variables) {
      draft.findings.leftOut(
        call,
        'One of these credentials is of a kind that a secret of GitHub is not. What is inside was translated without it',
      );
      continue;
    }
    Object.assign(env, variables);
    for (const name of Object.keys(variables)) draft.variables.add(name);
  }
  return { ...scope, env };
};

const registry: Surround = (call, scope, draft) => {
  const [url, credentials] = call.positional.map(constantOf);
  if (!credentials) return scope;
  const host = url?.replace(/^https?:\/\//, '').replace(/\/+$/, '');
  const isHub = !host || /^(index|registry.*)\.docker\.(io|com)/.test(host);
  draft.add(
    {
      uses: 'docker/login-action@v3',
      with: {
        ...(!isHub && { registry: host }),
        username: draft.findings.secret(credentials, 'USERNAME'),
        password: draft.findings.secret(credentials, 'PASSWORD'),
      },
    },
    scope,
  );
  return scope;
};

/** Steps of Jenkins that surround others. */
export const wrappers: Record<string, Surround | undefined> = {
  script: nothing,
  steps: nothing,
  timestamps: nothing,
  ansiColor: nothing,
  wrap: nothing,
  ws: nothing,
  stage: nothing,
  dir: (call, scope) => {
    const folder = constantArgument(call, 'path');
    if (folder === undefined) return undefined;
    const isInside = !folder.startsWith('/') && scope.folder !== undefined;
    return {
      ...scope,
      folder: isInside ? `${scope.folder}/${folder}` : folder,
    };
  },
  withEnv: (call, scope, draft) => {
    const env = variablesOf(call, draft);
    for (const name of Object.keys(env ?? {})) draft.variables.add(name);
    return env && { ...scope, env: { ...scope.env, ...env } };
  },
  withCredentials,
  timeout: (call, scope) => {
    const timeout = timeoutOf(call);
    return timeout ? { ...scope, timeout } : undefined;
  },
  catchError: (_, scope) => ({ ...scope, tolerant: true }),
  warnError: (_, scope) => ({ ...scope, tolerant: true }),
  'docker.withRegistry': registry,
  'docker.image.inside': (call, scope, draft) => {
    const image = draft.shellText(call.on?.positional[0]);
    return image === undefined ? undefined : { ...scope, image };
  },
  nodejs: (call, scope, draft) => {
    const [, version] =
      /(\d+)/.exec(constantArgument(call, 'nodeJSInstallationName') ?? '') ??
      [];
    draft.add(
      {
        uses: 'actions/setup-node@v5',
        with: { 'node-version': version ?? 'lts/*' },
      },
      scope,
    );
    return scope;
  },
  withMaven: without('The settings of Maven are those of the repository'),
  withSonarQubeEnv: without(
    'The address and the token of SonarQube have to be given as variables and secrets',
  ),
  configFileProvider: without('Jenkins kept a file for it'),
  lock: without(
    'A lock over several workflows has no counterpart; `concurrency` may do',
  ),
  gitlabCommitStatus: nothing,
  node: (call, scope, draft) => {
    if (draft.isOpen) return scope;
    draft.openJob(
      scope.stage ?? 'build',
      runnerFor(constantArgument(call, 'label'), draft),
    );
    return scope;
  },
};

/** Under which name a call is known: `docker.image('x').inside` is `docker.image.inside`. */
export const knownName = (call: Call): string =>
  call.on ? `${knownName(call.on)}.${call.name}` : call.name;
