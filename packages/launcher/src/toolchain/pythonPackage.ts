import fs from 'node:fs/promises';
import path from 'node:path';
import { paths } from '../paths.ts';
import { bringMkDocs } from './docs.ts';
import { runLogged } from './run.ts';

/**
 * Brings a program that its makers publish as a Python package, too, into a
 * folder of its own in the toolchain.
 *
 * @param wanted.program - where the program is in that folder
 * @returns the folder the program is in
 * @throws LaunchFailure when the index cannot be reached or has none for this machine
 */
export async function bringPythonPackage(wanted: {
  name: string;
  version: string;
  program: string;
}): Promise<string> {
  const { name, version, program } = wanted;
  const folder = path.join(paths.toolchain, `${name}-${version}`);
  const file = path.join(folder, program);
  const there = await fs.access(file).then(
    () => true,
    () => false,
  );
  if (!there) {
    await runLogged(
      `${name}-install`,
      path.join(await bringMkDocs(), 'pip'),
      [
        'install',
        '--disable-pip-version-check',
        '--no-deps',
        '--only-binary=:all:',
        `--target=${folder}`,
        `${name}==${version}`,
      ],
      { remedy: 'Check that the Python package index can be reached.' },
    );
  }
  return path.dirname(file);
}
