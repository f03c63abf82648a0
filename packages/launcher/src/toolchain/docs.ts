import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { paths } from '../paths.ts';
import { runLogged } from './run.ts';

const folder = path.join(paths.toolchain, 'mkdocs');
const requirements = path.join(
  paths.root,
  'packages',
  'launcher',
  'requirements.txt',
);

/**
 * Brings MkDocs into a virtual environment of its own, so that neither the
 * machine's Python nor its packages are touched.
 *
 * @returns the folder that goes on the PATH of whoever generates docs
 */
export async function bringMkDocs(): Promise<string> {
  const bin = path.join(folder, 'bin');
  const stamp = path.join(folder, 'installed');
  const wanted = createHash('sha256')
    .update(await fs.readFile(requirements))
    .digest('hex');
  if ((await fs.readFile(stamp, 'utf8').catch(() => '')) === wanted) return bin;

  await fs.rm(folder, { recursive: true, force: true });
  await fs.mkdir(paths.toolchain, { recursive: true });
  const remedy =
    'Install Python 3 with its venv module (on Debian: apt-get install python3-venv) and run the same command again.';
  await runLogged('mkdocs-venv', 'python3', ['-m', 'venv', folder], { remedy });
  await runLogged(
    'mkdocs-install',
    path.join(bin, 'pip'),
    ['install', '--disable-pip-version-check', '--no-deps', '-r', requirements],
    { remedy: 'Check that the Python package index can be reached.' },
  );
  await fs.writeFile(stamp, wanted);
  return bin;
}
