import type {
  readRelease,
  renderRelease,
  Layers,
  prepareUpgrade,
  Release,
  TemplateFile,
  walkFolder,
} from '@waymark/plugin-golden-paths-node';
import type {
  LocalRepositoryHost,
  makeCommit,
  treeOf,
} from '@waymark/plugin-repositories-node';
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parse } from 'yaml';
import { seeded } from '../demo/random.ts';
import { paths } from '../paths.ts';
import type { EarlierVersion } from './earlier.ts';
import type { Language } from './languages.ts';
import { runIn, type Repository } from './step.ts';
import { editAsATeam, type Texts } from './teamEdits.ts';
import { portalUrl } from './template.ts';

/** How many teams edit each earlier version, each otherwise. */
const rounds = Number(process.env.WAYMARK_UPGRADE_ROUNDS || 3);

const author = { name: 'Waymark', email: 'waymark@localhost' };

const silent: Parameters<typeof LocalRepositoryHost.create>[0]['logger'] = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silent,
};

type Library = {
  readRelease: typeof readRelease;
  renderRelease: typeof renderRelease;
  prepareUpgrade: typeof prepareUpgrade;
  walkFolder: typeof walkFolder;
  Layers: typeof Layers;
  LocalRepositoryHost: typeof LocalRepositoryHost;
  makeCommit: typeof makeCommit;
  treeOf: typeof treeOf;
};

/** The code that upgrades is the portal's, and compiled as the portal compiles it. */
function load(): Library {
  process.env.WAYMARK_CACHE ??= paths.cache;
  const require = createRequire(import.meta.url);
  require('../portal/loadTypeScript.cjs');
  return {
    ...require('@waymark/plugin-golden-paths-node'),
    ...require('@waymark/plugin-repositories-node'),
  };
}

/** A version of a template as the portal keeps it. */
async function releaseIn(
  library: Library,
  templates: string,
  name: string,
): Promise<Release> {
  const folder = path.join(templates, name);
  const files: TemplateFile[] = [];
  for await (const file of library.walkFolder(folder)) files.push(file);
  const layers = new library.Layers(path.join(templates, 'layers'));
  return library.readRelease({
    template: parse(
      await fs.readFile(path.join(folder, 'template.yaml'), 'utf8'),
    ),
    files,
    readLayer: layer => layers.read(layer),
  });
}

const textsOf = (files: TemplateFile[]): Texts =>
  new Map(files.map(({ path: at, content }) => [at, content.toString('utf8')]));

async function writeFiles(folder: string, files: TemplateFile[]) {
  await fs.rm(folder, { recursive: true, force: true });
  for (const file of files) {
    const at = path.join(folder, file.path);
    await fs.mkdir(path.dirname(at), { recursive: true });
    await fs.writeFile(at, file.content, {
      mode: file.executable ? 0o755 : 0o644,
    });
  }
}

/**
 * One team makes a service from an earlier version, edits it, and upgrades it.
 *
 * @returns the upgraded repository, in which every edit was found
 */
async function rehearse(
  library: Library,
  repository: Repository,
  options: { from: Release; to: Release; seed: number },
): Promise<Repository> {
  const { from, to, seed } = options;
  const { answers } = repository;
  const name = `upgraded-${seed}`;
  const work = path.join(paths.home, 'templates', `${repository.name}-upgrade`);
  await fs.rm(work, { recursive: true, force: true });
  const written = library.renderRelease(from, {
    recorded: answers,
    portalUrl,
  });
  await writeFiles(path.join(work, 'written'), written);
  const host = await library.LocalRepositoryHost.create({
    settings: {
      host: 'local',
      directory: path.join(work, 'repositories'),
      baseUrl: 'http://localhost',
      anonymousClone: false,
    },
    logger: silent,
  });
  await host.publish({
    name,
    description: name,
    directory: path.join(work, 'written'),
    defaultBranch: 'main',
    commitMessage: `Create ${name}`,
    author,
    taskId: name,
  });

  const edits = editAsATeam(
    seeded(`team ${seed} of ${from.template} ${from.version}`),
    textsOf(written),
    textsOf(library.renderRelease(to, { recorded: answers, portalUrl })),
  );
  const git = { author, when: new Date(), tag: 'team' };
  const edited = await host.open(name);
  const head = edited.branches.get('main') ?? '';
  await edited.publish([
    {
      branch: 'main',
      expected: head,
      to: await library.makeCommit(edited.repository, {
        ...git,
        message: 'Edit\n',
        parents: [head],
        filesOf: { tree: await library.treeOf(edited.repository, head) },
        changes: [...edits.changed].map(([at, text]) => ({
          write: { path: at, content: Buffer.from(text), executable: false },
        })),
      }),
    },
  ]);
  await edited.close();

  const copy = await host.open(name);
  const upgrade = await library.prepareUpgrade(copy, {
    id: name,
    when: new Date(),
    author,
    portalUrl,
    release: to,
    // As the portal, which keeps what it published.
    current: from,
  });
  await copy.publish(upgrade.moves);
  await copy.close();
  assert.deepEqual(upgrade.conflicts, [], 'no edit is in the way');

  const upgraded: Repository = {
    ...repository,
    name: `${repository.name}-${from.version}-${seed}`,
    folder: path.join(work, 'upgraded'),
  };
  await runIn({ ...upgraded, folder: work }, 'checkout', 'git', [
    ...['clone', '--quiet', '--branch', upgrade.branch],
    path.join(work, 'repositories', `${name}.git`),
    upgraded.folder,
  ]);
  for (const { file, line } of edits.written) {
    const text = await fs.readFile(path.join(upgraded.folder, file), 'utf8');
    assert.ok(text.split('\n').includes(line), `${file} has lost: ${line}`);
  }
  return upgraded;
}

/** Installed once: the upgraded repository asks for what the current version asks for. */
async function build(
  installed: Repository,
  upgraded: Repository,
  language: Language,
): Promise<void> {
  for (const folder of ['node_modules', '.venv']) {
    const there = path.join(installed.folder, folder);
    if (await fs.stat(there).catch(() => undefined)) {
      await fs.symlink(there, path.join(upgraded.folder, folder));
    }
  }
  const { program, args } = language.build ?? language.test;
  await runIn(upgraded, 'upgraded-build', program, args);
}

/**
 * From every earlier version: generate, edit as a team would, upgrade.
 *
 * @param onUpgraded - what is done with each upgraded repository
 */
export async function rehearseUpgrades(
  repository: Repository,
  versions: EarlierVersion[],
  onUpgraded: (upgraded: Repository) => Promise<void>,
): Promise<void> {
  const library = load();
  const { name } = repository.template;
  const to = await releaseIn(library, path.join(paths.root, 'templates'), name);
  for (const { templates } of versions) {
    const from = await releaseIn(library, templates, name);
    for (let seed = 1; seed <= rounds; seed += 1) {
      await onUpgraded(await rehearse(library, repository, { from, to, seed }));
    }
  }
}

/** From every earlier version: generate, edit as a team would, upgrade, build again. */
export function checkUpgrades(
  repository: Repository,
  language: Language,
  versions: EarlierVersion[],
): Promise<void> {
  return rehearseUpgrades(repository, versions, upgraded =>
    build(repository, upgraded, language),
  );
}
