import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { paths } from '../paths.ts';
import { runLogged } from './run.ts';

/**
 * Brings tools written in Python into a virtual environment of their own, so
 * that neither the machine's Python nor its packages are touched.
 *
 * @param name - of the folder in the toolchain, and of the logs
 * @param requirements - file beside the launcher's package.json that pins them all
 * @returns the folder with their programs
 */
export async function bringPythonTools(
  name: string,
  requirements: string,
): Promise<string> {
  const folder = path.join(paths.toolchain, name);
  const bin = path.join(folder, 'bin');
  const stamp = path.join(folder, 'installed');
  const file = path.join(paths.root, 'packages', 'launcher', requirements);
  const wanted = createHash('sha256')
    .update(await fs.readFile(file))
    .digest('hex');
  if ((await fs.readFile(stamp, 'utf8').catch(() => '')) === wanted) return bin;

  await fs.rm(folder, { recursive: true, force: true });
  await fs.mkdir(paths.toolchain, { recursive: true });
  const remedy =
    'Install Python 3 with its venv module (on Debian: apt-get install python3-venv) and run the same command again.';
  await runLogged(`${name}-venv`, 'python3', ['-m', 'venv', folder], {
    remedy,
  });
  await runLogged(
    `${name}-install`,
    path.join(bin, 'pip'),
    ['install', '--disable-pip-version-check', '--no-deps', '-r', file],
    { remedy: 'Check that the Python package index can be reached.' },
  );
  await fs.writeFile(stamp, wanted);
  return bin;
}
