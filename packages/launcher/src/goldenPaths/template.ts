import type {
  GoldenPath,
  TemplateFile,
  renderGoldenPath,
  walkFolder,
} from '@waymark/plugin-golden-paths-node';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parse } from 'yaml';
import { LaunchFailure } from '../failure.ts';
import { paths } from '../paths.ts';
import { readRequests, type ExampleRequest } from './requests.ts';

/** What somebody may have answered in the form. */
export type Answers = Record<string, string>;

/** A golden path that this repository ships. */
export type Template = {
  name: string;
  version: string;
  folder: string;
  /** What the render step says to its layers. */
  layers: string[];
  constants: GoldenPath['constants'];
  /** Answers that people do give, and those that break what is quoted carelessly. */
  answers: Record<string, Answers>;
  /** What its service is asked while it runs. */
  requests: ExampleRequest[];
};

const folder = path.join(paths.root, 'templates');

/** Where the portal is that golden paths are tried for. */
export const portalUrl = 'https://portal.larkspur.example';

type Renderer = {
  renderGoldenPath: typeof renderGoldenPath;
  walkFolder: typeof walkFolder;
};

/** The code that renders is the portal's, and compiled as the portal compiles it. */
function loadRenderer(): Renderer {
  process.env.WAYMARK_CACHE ??= paths.cache;
  const require = createRequire(import.meta.url);
  require('../portal/loadTypeScript.cjs');
  return require('@waymark/plugin-golden-paths-node');
}

async function readYaml(file: string) {
  return parse(await fs.readFile(file, 'utf8'));
}

/** Templates that change a repository which is there already: nothing is rendered. */
const changesWhatIs = 'migration';

/**
 * What a folder holds of a golden path.
 *
 * @returns nothing where the template changes a repository that is there
 * @throws LaunchFailure when it renders nothing
 */
export async function readTemplate(own: string): Promise<Template | undefined> {
  const name = path.basename(own);
  const { metadata, spec } = await readYaml(path.join(own, 'template.yaml'));
  if (spec.type === changesWhatIs) return undefined;
  const step = spec.steps.find(
    ({ action }: { action: string }) => action === 'golden-path:render',
  );
  if (!step) {
    throw new LaunchFailure(
      `${path.join(own, 'template.yaml')} has no step golden-path:render.`,
      'Add it; docs/how-to/add-a-golden-path.md shows how.',
    );
  }
  return {
    name,
    folder: own,
    version: metadata.annotations['waymark.io/template-version'],
    layers: step.input.layers ?? [],
    constants: step.input.constants ?? {},
    answers: await readYaml(path.join(folder, 'answers.yaml')),
    requests: await readRequests(own),
  };
}

/**
 * The folders of templates, whatever they do.
 *
 * @param wanted - the name of one of them, or nothing for all
 * @throws LaunchFailure when there is none of that name
 */
async function foldersOf(wanted?: string): Promise<string[]> {
  const names: string[] = [];
  for (const name of (await fs.readdir(folder)).sort()) {
    const file = path.join(folder, name, 'template.yaml');
    if (await fs.stat(file).catch(() => undefined)) names.push(name);
  }
  const chosen = names.filter(name => !wanted || name === wanted);
  if (!chosen.length) {
    throw new LaunchFailure(
      `There is no template "${wanted}".`,
      `Choose one of: ${names.join(', ')}.`,
    );
  }
  return chosen.map(name => path.join(folder, name));
}

/**
 * The golden paths of this repository: the templates that render something.
 *
 * @param wanted - the name of one of them, or nothing for all
 * @throws LaunchFailure when no template has that name
 */
export async function readTemplates(wanted?: string): Promise<Template[]> {
  const folders = await foldersOf(wanted);
  const templates = await Promise.all(folders.map(readTemplate));
  return templates.filter(template => template !== undefined);
}

/**
 * The templates that change a repository which is there already.
 *
 * @param wanted - the name of one of them, or nothing for all
 * @throws LaunchFailure when no template has that name
 */
export async function readMigrations(wanted?: string): Promise<Template[]> {
  const found: Template[] = [];
  for (const own of await foldersOf(wanted)) {
    const { metadata, spec } = await readYaml(path.join(own, 'template.yaml'));
    if (spec.type !== changesWhatIs) continue;
    found.push({
      name: path.basename(own),
      folder: own,
      version: metadata.annotations['waymark.io/template-version'],
      layers: [],
      constants: {},
      answers: await readYaml(path.join(own, 'answers.yaml')),
      requests: [],
    });
  }
  return found;
}

/** Writes what a golden path becomes into a folder, which is emptied before. */
export async function renderTemplate(
  template: Template,
  answers: Answers,
  target: string,
): Promise<void> {
  const { renderGoldenPath: render, walkFolder: walk } = loadRenderer();
  const read = async (from: string) => {
    const files: TemplateFile[] = [];
    for await (const file of walk(from)) files.push(file);
    return files;
  };
  const files = render(
    {
      template: `template:default/${template.name}`,
      version: template.version,
      constants: template.constants,
      layers: await Promise.all(
        template.layers.map(async name => ({
          name,
          files: await read(path.join(folder, 'layers', name)),
        })),
      ),
      skeleton: await read(path.join(template.folder, 'skeleton')),
    },
    { answers, portalUrl },
  );
  await fs.rm(target, { recursive: true, force: true });
  for (const file of files) {
    const at = path.join(target, file.path);
    await fs.mkdir(path.dirname(at), { recursive: true });
    await fs.writeFile(at, file.content, {
      mode: file.executable ? 0o755 : 0o644,
    });
  }
}
