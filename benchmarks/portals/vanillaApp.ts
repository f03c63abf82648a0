import fs from 'node:fs/promises';
import path from 'node:path';
import { runLogged } from '../../packages/launcher/src/toolchain/run.ts';
import { folder } from '../settings.ts';

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
};

const network =
  'Check that the package registry can be reached, then run the benchmark again.';

async function exists(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
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
  const manifest = JSON.parse(await fs.readFile(file, 'utf8'));
  manifest.resolutions = { ...manifest.resolutions, ...resolutions };
  // SQLite, which is not used here, would be compiled for minutes.
  manifest.dependenciesMeta = { 'better-sqlite3': { built: false } };
  await fs.writeFile(file, JSON.stringify(manifest, null, 2));
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
