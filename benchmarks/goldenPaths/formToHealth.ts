import fs from 'node:fs/promises';
import path from 'node:path';
import { makeService } from '../../packages/launcher/src/demo/services.ts';
import { languageOf } from '../../packages/launcher/src/goldenPaths/languages.ts';
import {
  development,
  RunningService,
} from '../../packages/launcher/src/goldenPaths/runningService.ts';
import { runIn } from '../../packages/launcher/src/goldenPaths/step.ts';
import type { Template } from '../../packages/launcher/src/goldenPaths/template.ts';
import { portalUrl } from '../../packages/launcher/src/portal/environment.ts';
import { freePort } from '../../packages/launcher/src/ports.ts';
import { folder } from '../settings.ts';
import { catalogShows, clone } from './made.ts';

/** What is done from the form to a service that answers, in this order. */
export const stations = [
  'form',
  'clone',
  'dependencies',
  'build',
  'start',
] as const;

/** What a developer fills in, besides the name. */
const ordinary = {
  description: 'Made to be timed.',
  owner: 'ledger',
  system: 'payments-core',
};

/** Seconds that each station took. */
export type Way = Record<(typeof stations)[number], number>;

/**
 * Goes the way of a developer: sends the form, clones what became of it, and
 * does what its README says until it answers `/health`.
 */
export async function formToHealth(
  token: string,
  template: Template,
  name: string,
): Promise<Way> {
  const repository = {
    name,
    folder: path.join(folder, 'services', name),
    template,
    answers: { ...template.answers.ordinary, name },
  };
  await fs.rm(repository.folder, { recursive: true, force: true });
  const timed = async (work: () => Promise<unknown>) => {
    const began = performance.now();
    await work();
    return (performance.now() - began) / 1000;
  };

  const form = await timed(async () => {
    await makeService(
      { url: portalUrl, token },
      { ...ordinary, template: template.name, name },
    );
    await catalogShows(name, token);
  });
  const cloned = await timed(() => clone(name, repository.folder));
  const language = await languageOf(repository);
  if (!language) throw new Error(`${name} is of no known language.`);
  const { install, build } = language;
  const dependencies = await timed(() =>
    runIn(repository, 'install', install.program, install.args),
  );
  const built = await timed(async () => {
    if (build) await runIn(repository, 'build', build.program, build.args);
  });
  const port = await freePort();
  let service: RunningService | undefined;
  try {
    const start = await timed(() => {
      service = new RunningService(repository, language, port, development);
      return service.untilAnswers(`${service.url}/health`);
    });
    return { form, clone: cloned, dependencies, build: built, start };
  } finally {
    await service?.stop();
    await fs.rm(repository.folder, { recursive: true, force: true });
  }
}
