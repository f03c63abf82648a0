import type { Call, Value } from '../jenkinsfile/Statement';
import type { Draft } from './Draft';
import { argument, constantArgument, constantOf } from './texts';
import type { WorkflowStep } from './Workflow';

/** Steps for a call; `undefined` when its arguments are more than can be translated. */
type Translate = (call: Call, draft: Draft) => WorkflowStep[] | undefined;

const none: Translate = () => [];

const command =
  (argumentName: string, shell: 'sh' | 'cmd' | 'pwsh', named?: string) =>
  (call: Call, draft: Draft): WorkflowStep[] | undefined => {
    const returns = [...call.named.keys()].some(name =>
      name.startsWith('return'),
    );
    const run = draft.shellText(argument(call, argumentName), shell);
    if (run === undefined || returns) return undefined;
    return [{ run: withoutIndent(run), ...(named && { shell: named }) }];
  };

/** Lines without the indentation that all of them have. */
export function withoutIndent(text: string): string {
  const lines = text
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n');
  const widths = lines
    .filter(line => line.trim())
    .map(line => line.length - line.trimStart().length);
  const width = Math.min(...widths);
  return lines
    .map(line => line.slice(Number.isFinite(width) ? width : 0))
    .join('\n');
}

/** Quotes for a shell, in which variables still are variables. */
const inShell = (text: string) => `"${text.replaceAll(/["\\`]/g, '\\$&')}"`;

const paths = (value: Value | undefined) =>
  constantOf(value)
    ?.split(',')
    .map(one => one.trim())
    .join('\n');

const upload =
  (argumentName: string, artifact: string, always: boolean): Translate =>
  (call, draft) => {
    const path = paths(argument(call, argumentName));
    return path === undefined
      ? undefined
      : [
          {
            name: `keep ${artifact}`,
            ...(always && { if: '!cancelled()' }),
            uses: 'actions/upload-artifact@v5',
            with: {
              name: draft.artifactName(artifact),
              path,
              'if-no-files-found': always ? 'warn' : 'error',
            },
          },
        ];
  };

const checkout: Translate = (call, draft) => {
  const [from] = call.positional;
  const isOwn = from?.kind === 'call' && from.call.name === 'scm';
  if (!isOwn || call.named.size > 0) return undefined;
  return draft.checksOut ? [] : [{ uses: 'actions/checkout@v5' }];
};

const git: Translate = call => {
  const url = constantArgument(call, 'url') ?? '';
  const [, repository] =
    /github\.com[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(url) ?? [];
  const ref = constantOf(call.named.get('branch'));
  return repository
    ? [
        {
          uses: 'actions/checkout@v5',
          with: { repository, ...(ref && { ref }) },
        },
      ]
    : undefined;
};

const says =
  (prefix: string, suffix = ''): Translate =>
  (call, draft) => {
    const message = draft.shellText(argument(call, 'message'));
    return message === undefined
      ? undefined
      : [{ run: `echo ${inShell(prefix + message)}${suffix}` }];
  };

const writeFile: Translate = call => {
  const file = constantOf(call.named.get('file'));
  const text = constantOf(call.named.get('text'));
  if (file === undefined || text === undefined) return undefined;
  return [
    { run: `cat > ${inShell(file)} <<'END_OF_FILE'\n${text}\nEND_OF_FILE` },
  ];
};

const sleep: Translate = call => {
  const time = constantArgument(call, 'time');
  const unit = constantOf(call.named.get('unit')) ?? 'SECONDS';
  const suffix = { SECONDS: 's', MINUTES: 'm', HOURS: 'h' }[unit];
  return time && suffix ? [{ run: `sleep ${time}${suffix}` }] : undefined;
};

const dockerBuild: Translate = (call, draft) => {
  const [name, options] = call.positional.map(one => draft.shellText(one));
  if (name === undefined) return undefined;
  return [{ run: `docker build --tag ${inShell(name)} ${options ?? '.'}` }];
};

const stash: Translate = call => {
  const name = constantArgument(call, 'name');
  const path = paths(call.named.get('includes')) ?? '.';
  return name
    ? [
        {
          name: `keep ${name}`,
          uses: 'actions/upload-artifact@v5',
          with: { name, path },
        },
      ]
    : undefined;
};

const unstash: Translate = call => {
  const name = constantArgument(call, 'name');
  return name
    ? [
        {
          name: `take ${name}`,
          uses: 'actions/download-artifact@v5',
          with: { name },
        },
      ]
    : undefined;
};

/** Steps of Jenkins that have no others inside. */
export const plainSteps: Record<string, Translate | undefined> = {
  sh: command('script', 'sh'),
  bat: command('script', 'cmd', 'cmd'),
  powershell: command('script', 'pwsh', 'powershell'),
  pwsh: command('script', 'pwsh', 'pwsh'),
  echo: says(''),
  error: says('::error::', '\nexit 1'),
  unstable: says('::warning::'),
  checkout,
  git,
  junit: upload('testResults', 'test-results', true),
  archiveArtifacts: upload('artifacts', 'artifacts', false),
  publishHTML: (call, draft) => {
    const [target] = call.positional;
    const options = target?.kind === 'map' ? target.entries : call.named;
    const path = constantOf(options.get('reportDir'));
    const name = constantOf(options.get('reportName')) ?? 'report';
    return path === undefined
      ? undefined
      : [
          {
            name: `keep ${name}`,
            uses: 'actions/upload-artifact@v5',
            with: { name: draft.artifactName(name), path },
          },
        ];
  },
  stash,
  unstash,
  writeFile,
  sleep,
  'docker.build': dockerBuild,
  // A runner is thrown away, with all that is on it.
  cleanWs: none,
  deleteDir: none,
};
