import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { paths } from '../paths.ts';
import { runLogged } from '../toolchain/run.ts';

const app = path.join(paths.root, 'packages', 'app');
const ignored = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

async function sourceFiles(folder: string): Promise<string[]> {
  const entries = await fs
    .readdir(folder, { withFileTypes: true })
    .catch(() => []);
  const nested = await Promise.all(
    entries
      .filter(entry => !ignored.has(entry.name))
      .map(entry => {
        const file = path.join(folder, entry.name);
        return entry.isDirectory() ? sourceFiles(file) : [file];
      }),
  );
  return nested.flat();
}

/** A fingerprint of everything the built frontend is made of. */
async function fingerprint(): Promise<string> {
  const plugins = await fs
    .readdir(path.join(paths.root, 'plugins'))
    .catch(() => []);
  const folders = [
    app,
    // Backends never reach the browser: a change there needs no new build.
    ...plugins
      .filter(name => !/-(backend|node)(-|$)/.test(name))
      .map(name => path.join(paths.root, 'plugins', name)),
  ];
  const files = (await Promise.all(folders.map(sourceFiles))).flat();
  const sum = createHash('sha256');
  for (const file of [...files, path.join(paths.root, 'yarn.lock')].sort()) {
    sum.update(path.relative(paths.root, file));
    sum.update(await fs.readFile(file));
  }
  return sum.digest('hex');
}

/**
 * Builds the frontend when its sources changed since the last build.
 *
 * @returns whether a build was needed
 */
export async function buildFrontend(): Promise<boolean> {
  const stamp = path.join(app, 'dist', '.built-from');
  const wanted = await fingerprint();
  if ((await fs.readFile(stamp, 'utf8').catch(() => '')) === wanted) {
    return false;
  }
  await runLogged('frontend-build', 'yarn', ['build'], {
    cwd: app,
    env: {
      ...process.env,
      NODE_OPTIONS: `${
        process.env.NODE_OPTIONS ?? ''
      } --max-old-space-size=4096`.trim(),
    },
    remedy: 'If the sources were changed, mend what the log names.',
  });
  await fs.writeFile(stamp, wanted);
  return true;
}
