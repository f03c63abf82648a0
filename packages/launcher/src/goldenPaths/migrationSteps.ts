import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { LaunchFailure } from '../failure.ts';
import { signIn } from '../identity/signIn.ts';
import { paths } from '../paths.ts';
import { portalUrl } from '../portal/environment.ts';
import { askDryRun } from './dryRun.ts';
import { runIn, type Repository, type Step } from './step.ts';
import { mkdocs } from './tools.ts';

/** A person of the demo organisation who may try templates. */
const tester = 'priya';

async function definitionOf({ folder }: Repository) {
  return parse(await fs.readFile(path.join(folder, 'template.yaml'), 'utf8'));
}

async function checkSchema(repository: Repository): Promise<void> {
  const definition = await definitionOf(repository);
  // Throws with what is wrong; of another kind of entity it says false.
  assert.ok(
    await templateEntityV1beta3Validator.check(definition),
    'template.yaml is no template of scaffolder.backstage.io/v1beta3',
  );
  assert.equal(definition.metadata.name, path.basename(repository.folder));
}

async function checkVersion({ folder, template }: Repository): Promise<void> {
  const file = path.join(folder, 'CHANGELOG.md');
  const changelog = await fs.readFile(file, 'utf8');
  assert.match(template.version ?? '', /^\d+\.\d+\.\d+$/);
  assert.equal(
    /^## (\S+)/m.exec(changelog)?.[1],
    template.version,
    'CHANGELOG.md does not begin with the version of the template',
  );
}

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
    run: checkVersion,
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
