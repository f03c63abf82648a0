import fs from 'node:fs/promises';
import path from 'node:path';
import { runLogged } from '../../packages/launcher/src/toolchain/run.ts';
import { folder, root } from '../settings.ts';

/** create-app 0.9.2 makes a Backstage 1.55.0 app. */
const generator = '@backstage/create-app@0.9.2';

/** Newer releases of these had not all their platform builds, or ask for a patch that is nowhere. */
const resolutions = {
  '@swc/core': '1.16.18',
  '@types/react': '^18',
  '@types/react-dom': '^18',
  got: '^11.8.6',
  rollup: '4.67.4',
  'unrs-resolver': '1.12.2',
  // What only vanilla has, as its plugins of this release ask for it.
  '@backstage/plugin-kubernetes-common': '0.9.13',
  '@backstage/plugin-kubernetes-node': '0.4.8',
  '@backstage/plugin-kubernetes-react': '0.6.0',
};

const network =
  'Check that the package registry can be reached, then run the benchmark again.';

async function exists(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}

type Manifest = Record<string, Record<string, string> | undefined>;

async function readManifest(file: string): Promise<Manifest> {
  return JSON.parse(await fs.readFile(file, 'utf8'));
}

/**
 * Backstage's packages as Waymark has them. A mixture of this release and newer
 * packages does not start, and another release would be another comparison.
 */
async function sameRelease(): Promise<Record<string, string>> {
  const scope = path.join(root, 'node_modules', '@backstage');
  const packages = await fs.readdir(scope);
  const versions = packages.map(async name => {
    const file = path.join(scope, name, 'package.json');
    const { version } = JSON.parse(await fs.readFile(file, 'utf8'));
    return [`@backstage/${name}`, version as string] as const;
  });
  return Object.fromEntries(await Promise.all(versions));
}

/** Takes what the app itself asks for exactly, not something newer. */
async function pinWorkspace(repository: string, name: string): Promise<void> {
  const file = path.join(repository, 'packages', name, 'package.json');
  const manifest = await readManifest(file);
  for (const kind of ['dependencies', 'devDependencies']) {
    manifest[kind] = Object.fromEntries(
      Object.entries(manifest[kind] ?? {}).map(([dependency, range]) => [
        dependency,
        dependency.startsWith('@backstage/') ? range.replace('^', '') : range,
      ]),
    );
  }
  await fs.writeFile(file, JSON.stringify(manifest, null, 2));
}

async function create(repository: string): Promise<void> {
  await fs.mkdir(folder, { recursive: true });
  await runLogged(
    'vanilla-create',
    'npx',
    ['--yes', generator, '--skip-install', '--path', repository],
    {
      cwd: folder,
      env: { ...process.env, BACKSTAGE_APP_NAME: 'vanilla' },
      remedy: network,
    },
  );
  const file = path.join(repository, 'package.json');
  const manifest = await readManifest(file);
  manifest.resolutions = {
    ...manifest.resolutions,
    ...(await sameRelease()),
    ...resolutions,
  };
  // SQLite, which is not used here, would be compiled for minutes.
  await fs.writeFile(
    file,
    JSON.stringify(
      { ...manifest, dependenciesMeta: { 'better-sqlite3': { built: false } } },
      null,
      2,
    ),
  );
  for (const workspace of ['app', 'backend']) {
    await pinWorkspace(repository, workspace);
  }
}

async function install(repository: string): Promise<void> {
  // A lockfile of its own makes Yarn see that this is not a part of the repository around it.
  const lock = path.join(repository, 'yarn.lock');
  if (!(await exists(lock))) await fs.writeFile(lock, '');
  await runLogged('vanilla-install', 'yarn', ['install', '--no-immutable'], {
    cwd: repository,
    remedy: network,
  });
}

/**
 * Makes the app, installs it and builds its frontend, each only when that was
 * not done before.
 *
 * @returns its folder
 */
export async function bringVanillaApp(): Promise<string> {
  const repository = path.join(folder, 'vanilla');
  if (!(await exists(path.join(repository, 'package.json')))) {
    await create(repository);
  }
  if (
    !(await exists(path.join(repository, 'node_modules', '.yarn-state.yml')))
  ) {
    await install(repository);
  }
  const app = path.join(repository, 'packages', 'app');
  if (!(await exists(path.join(app, 'dist', 'index.html')))) {
    await runLogged('vanilla-build', 'yarn', ['build'], {
      cwd: app,
      env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=4096' },
      remedy: 'Remove the app’s folder and run the benchmark again.',
    });
  }
  return repository;
}
