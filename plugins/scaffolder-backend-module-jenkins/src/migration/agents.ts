import type { Call, Statement } from '../jenkinsfile/Statement';
import { defaultAgent, type Agent, type Draft } from './Draft';
import { argument, constantArgument, constantOf } from './texts';

/** Runners of GitHub, each with the labels that mean it. */
const runners: [runner: string, labels: RegExp][] = [
  ['windows-2025', /windows|\bwin/i],
  ['macos-15', /mac|osx|darwin/i],
];

/** The runner that is nearest to a label of Jenkins. */
export function runnerFor(label: string | undefined, draft: Draft): Agent {
  if (!label) return defaultAgent;
  const [runner = defaultAgent['runs-on']] =
    runners.find(([, labels]) => labels.test(label)) ?? [];
  draft.findings.toDo(
    `Jenkins ran on agents with the label \`${label}\`; the workflow says \`${runner}\`. Name a runner of your own in \`runs-on\` if it has to be one.`,
  );
  return { 'runs-on': runner };
}

/** What `agent` of a declarative pipeline says; `none` is `undefined`. */
export function agentOf(call: Call, draft: Draft): Agent | undefined {
  const [word] = call.positional;
  if (word?.kind === 'call' && word.call.name === 'none') return undefined;
  const inner = call.body?.find(
    (one: Statement): one is Call => one.kind === 'call',
  );
  if (!inner) return defaultAgent;
  const within = (name: string) =>
    inner.body?.find(
      (one): one is Call => one.kind === 'call' && one.name === name,
    );
  switch (inner.name) {
    case 'label':
      return runnerFor(constantArgument(inner, 'label'), draft);
    case 'node':
      return runnerFor(constantOf(within('label')?.positional[0]), draft);
    case 'docker': {
      const [image, options] = ['image', 'args'].map(name => {
        const one = within(name);
        return one
          ? constantOf(argument(one, name))
          : constantOf(inner.named.get(name));
      });
      const name = image ?? constantOf(inner.positional[0]);
      if (!name) break;
      return {
        ...defaultAgent,
        container: { image: name, ...(options && { options }) },
      };
    }
    default:
  }
  draft.findings.leftOut(
    inner,
    `GitHub has nothing like an agent of the kind ${inner.name} with this content; the job runs on ${defaultAgent['runs-on']}`,
  );
  return defaultAgent;
}
