import fs from 'node:fs/promises';
import path from 'node:path';
import { LaunchFailure } from '../failure.ts';
import { paths } from '../paths.ts';
import { runLogged } from './run.ts';

/**
 * Brings a program written in Go, built where Go is there; that takes a minute
 * or some, once. Go's checksum database vouches for the source.
 *
 * @param wanted.name - as `go install` names it
 * @param wanted.source - the package of the program, without its version
 * @returns the program
 * @throws LaunchFailure that says how to get it
 */
export async function bringGoProgram(wanted: {
  name: string;
  version: string;
  source: string;
  remedy?: string;
}): Promise<string> {
  const { name, version, source } = wanted;
  const folder = path.join(paths.toolchain, `${name}-${version}`);
  const program = path.join(folder, name);
  const there = await fs.access(program).then(
    () => true,
    () => false,
  );
  if (!there) {
    const remedy =
      wanted.remedy ??
      'Install Go, and check that its module proxy can be reached.';
    await runLogged(name, 'go', ['install', `${source}@v${version}`], {
      env: { ...process.env, GOBIN: folder },
      remedy,
    }).catch(error => {
      if (error.code !== 'ENOENT') throw error;
      throw new LaunchFailure(
        `${name} is not here, and neither is Go, which builds it.`,
        remedy,
      );
    });
  }
  return program;
}
