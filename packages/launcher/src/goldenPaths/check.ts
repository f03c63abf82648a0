import path from 'node:path';
import { say } from '../console/progress.ts';
import { paths } from '../paths.ts';
import { checkSchema, checkVersion } from './definition.ts';
import { languageOf } from './languages.ts';
import { migrationSteps } from './migrationSteps.ts';
import type { Repository, Step, Tool } from './step.ts';
import { steps } from './steps.ts';
import { renderTemplate, type Template } from './template.ts';

/** How one step over one template ended. */
export type Result = {
  step: string;
  ended: 'passed' | 'failed' | 'skipped' | 'has none';
  seconds: number;
  /** Why it failed or was skipped. */
  reason?: string;
};

/** All that was seen of a template. */
export type Report = {
  template: Template;
  results: Result[];
  /** Names and versions of what was used. */
  tools: string[];
};

const rendering = 'Renders';

/** The names of all steps, in the order in which they are taken. */
export const stepNames = [rendering, ...steps.map(({ name }) => name)];

const reasonOf = (error: unknown) =>
  error instanceof Error ? error.message : String(error);

async function runStep(
  step: Step,
  repository: Repository,
  used: Set<string>,
): Promise<Omit<Result, 'seconds'>> {
  if (!(await step.applies(repository))) {
    return { step: step.name, ended: 'has none' };
  }
  let tools: Tool[];
  try {
    tools = (await step.tools?.(repository)) ?? [];
  } catch (error) {
    return { step: step.name, ended: 'skipped', reason: reasonOf(error) };
  }
  for (const { version } of tools) used.add(version);
  try {
    await step.run(repository, tools);
    return { step: step.name, ended: 'passed' };
  } catch (error) {
    return { step: step.name, ended: 'failed', reason: reasonOf(error) };
  }
}

function show({ step, ended, seconds, reason }: Result): void {
  const sign = { passed: '✓', failed: '✗', skipped: '–', 'has none': ' ' };
  say(
    `  ${sign[ended]} ${step.padEnd(20)} ${seconds.toFixed(1).padStart(7)} s`,
  );
  if (reason) say(`      ${reason.replaceAll('\n', '\n      ')}`);
}

/** Takes the time of steps, shows how each ended, and notes it. */
function timer(results: Result[]) {
  return async (work: () => Promise<Omit<Result, 'seconds'>>) => {
    const began = performance.now();
    const outcome = await work();
    const seconds = (performance.now() - began) / 1000;
    const result = { ...outcome, seconds };
    results.push(result);
    show(result);
    return result;
  };
}

/**
 * Looks at a template that changes a repository which is there already. It
 * renders nothing, so what can be seen is the template itself.
 *
 * @param asks - whether to have a running portal try it as well
 */
export async function checkMigration(
  template: Template,
  asks: boolean,
): Promise<Report> {
  const { name, version, folder, answers } = template;
  say(`\n── ${name} ${version}`);
  say('  Changes a repository that is there: nothing is rendered or built.');
  const results: Result[] = [];
  const used = new Set<string>();
  const timed = timer(results);
  for (const step of migrationSteps) {
    if (step.builds && !asks) continue;
    await timed(() =>
      runStep(
        step,
        { name, folder, template, answers: answers.ordinary },
        used,
      ),
    );
  }
  return { template, results, tools: [...used] };
}

/**
 * Looks at a template, renders it with every set of answers, and looks at what
 * the last of them, the awkward ones, became: what holds there holds elsewhere.
 * A step that fails does not keep the next from running, so that one run shows
 * all, except that nothing is built of what could not be rendered.
 *
 * @param builds - whether to install, build, test and start it as well
 */
export async function checkTemplate(
  template: Template,
  builds: boolean,
): Promise<Report> {
  say(`\n── ${template.name} ${template.version}`);
  const results: Result[] = [];
  const used = new Set<string>();
  const timed = timer(results);

  const repositories = Object.entries(template.answers).map(
    ([set, answers]): Repository => ({
      name: `${template.name}-${set}`,
      folder: path.join(paths.home, 'templates', `${template.name}-${set}`),
      template,
      answers,
    }),
  );
  const rendered = await timed(async () => {
    try {
      await checkSchema(template);
      await checkVersion(template);
      for (const { folder, answers } of repositories) {
        await renderTemplate(template, answers, folder);
      }
      return { step: rendering, ended: 'passed' };
    } catch (error) {
      return { step: rendering, ended: 'failed', reason: reasonOf(error) };
    }
  });
  if (rendered.ended === 'passed') {
    const repository = repositories[repositories.length - 1];
    for (const step of steps) {
      if (step.builds && !builds) continue;
      await timed(() => runStep(step, repository, used));
    }
    if (builds) {
      const language = await languageOf(repository);
      for (const { version } of (await language?.tools()) ?? []) {
        used.add(version);
      }
    }
  }
  return { template, results, tools: [...used] };
}
