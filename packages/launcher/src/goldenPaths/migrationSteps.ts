import path from 'node:path';
import { LaunchFailure } from '../failure.ts';
import { signIn } from '../identity/signIn.ts';
import { paths } from '../paths.ts';
import { portalUrl } from '../portal/environment.ts';
import { checkSchema, checkVersion, definitionOf } from './definition.ts';
import { askDryRun } from './dryRun.ts';
import { runIn, type Step } from './step.ts';
import { mkdocs } from './tools.ts';

/** A person of the demo organisation who may try templates. */
const tester = 'priya';

async function requirePortal(): Promise<void> {
  const answer = await fetch(portalUrl).catch(() => undefined);
  if (!answer) {
    throw new LaunchFailure(
      `No portal runs at ${portalUrl}, which would try the steps.`,
      'Run npm start beside it.',
    );
  }
}

/** Everything that is looked at in a template that changes what is there, in order. */
export const migrationSteps: Step[] = [
  {
    name: 'Schema',
    builds: false,
    applies: async () => true,
    run: checkSchema,
  },
  {
    name: 'Version',
    builds: false,
    applies: async () => true,
    run: ({ folder, template: { version } }) =>
      checkVersion({ folder, version }),
  },
  {
    name: 'Docs',
    builds: false,
    tools: async () => [await mkdocs()],
    applies: async () => true,
    run: async (repository, [{ program }]) =>
      runIn(repository, 'docs', program, [
        'build',
        '--strict',
        '--config-file',
        path.join(repository.folder, 'mkdocs.yml'),
        '--site-dir',
        path.join(paths.home, 'templates', `${repository.name}-site`),
      ]),
  },
  {
    name: 'Dry run',
    // Only a portal has the actions.
    builds: true,
    tools: async () => {
      await requirePortal();
      return [];
    },
    applies: async () => true,
    async run(repository) {
      const token = await signIn(portalUrl, tester);
      await askDryRun(
        await definitionOf(repository),
        repository.answers,
        (address, json) =>
          fetch(`${portalUrl}${address}`, {
            method: 'POST',
            headers: {
              authorization: `Bearer ${token}`,
              'content-type': 'application/json',
            },
            body: JSON.stringify(json),
          }),
      );
    },
  },
];
