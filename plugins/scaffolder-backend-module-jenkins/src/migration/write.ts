import { stringify } from 'yaml';
import type { Migration } from './migrate';

/** Where the workflow and the report go in a repository. */
export const workflowPath = '.github/workflows/jenkins.yaml';
export const reportPath = 'JENKINS-MIGRATION.md';

const orders: Record<string, string[]> = {
  workflow: ['name', 'on', 'permissions', 'concurrency', 'env', 'jobs'],
  job: ['name', 'if', 'needs', 'runs-on', 'container', 'environment'],
  step: ['name', 'id', 'if', 'uses', 'with', 'run', 'shell', 'env'],
};

/** The same with its parts in the order in which people look for them. */
function inOrder<T extends object>(what: T, kind: keyof typeof orders): T {
  const order = orders[kind];
  const place = (key: string) => {
    const at = order.indexOf(key);
    if (key === 'steps') return order.length + 1;
    return at < 0 ? order.length : at;
  };
  return Object.fromEntries(
    Object.entries(what).sort(([a], [b]) => place(a) - place(b)),
  ) as T;
}

/** The workflow as a file. */
export function writeWorkflow({ workflow, untranslated }: Migration): string {
  const left = untranslated.length
    ? `# ${untranslated.length} parts of the Jenkinsfile are not here; ${reportPath} lists them.\n`
    : '';
  const jobs = Object.entries(workflow.jobs).map(([id, job]) => [
    id,
    inOrder(
      { ...job, steps: job.steps.map(step => inOrder(step, 'step')) },
      'job',
    ),
  ]);
  const text = stringify(
    inOrder({ ...workflow, jobs: Object.fromEntries(jobs) }, 'workflow'),
    { lineWidth: 0, nullStr: '', aliasDuplicateObjects: false },
  );
  return `# Translated from a Jenkinsfile.\n${left}${text}`;
}

const code = (text: string) => {
  const fence = text.includes('`') ? '``' : '`';
  return `${fence}${text.slice(0, 120).replaceAll('|', '\\|')}${fence}`;
};

/** What was and was not translated, for those who review it, in Markdown. */
export function writeReport(
  { workflow, untranslated, toDo }: Migration,
  jenkinsfile: string,
): string {
  const jobs = Object.entries(workflow.jobs)
    .map(([id, { steps }]) => `\`${id}\` (${steps.length} steps)`)
    .join(', ');
  return `# From Jenkins to GitHub Actions

\`${workflowPath}\` was translated from \`${jenkinsfile}\`: ${jobs}.
Read it as you would read code of somebody new. Jenkins goes on as before until
\`${jenkinsfile}\` is removed.

## Not translated

${
  untranslated.length
    ? `| Line | Code | What to do |\n|---|---|---|\n${untranslated
        .map(
          ({ line, code: text, why }) =>
            `| ${line} | ${code(text)} | ${why}. |`,
        )
        .join('\n')}`
    : 'Nothing: every part has its counterpart.'
}

## Before the first run

${
  toDo.length
    ? toDo.map(what => `- ${what}`).join('\n')
    : 'Nothing has to be done.'
}

## Then

1. Run it beside Jenkins until both agree.
2. Remove \`${jenkinsfile}\` and this file.
`;
}
