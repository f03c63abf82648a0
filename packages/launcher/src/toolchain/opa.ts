import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { paths } from '../paths.ts';
import { bringGoProgram } from './goProgram.ts';

/** The release that compiles the policies; another one makes another file of the same rules. */
export const OPA_VERSION = '1.22.2';

const folder = path.join(paths.toolchain, `opa-${OPA_VERSION}`);

function isPinned(program: string): boolean {
  const { stdout } = spawnSync(program, ['version'], { encoding: 'utf8' });
  return /^Version: (.+)$/m.exec(stdout ?? '')?.[1] === OPA_VERSION;
}

function findOpa(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const candidates = [
    process.env.WAYMARK_OPA,
    path.join(folder, 'opa'),
    ...folders.map(one => path.join(one, 'opa')),
  ];
  return candidates.find(file => file && fs.existsSync(file) && isPinned(file));
}

/**
 * Finds Open Policy Agent, or builds it where Go is there; that takes some
 * minutes, once.
 *
 * @returns the program
 * @throws LaunchFailure that says how to get it
 */
export async function bringOpa(): Promise<string> {
  const found = findOpa();
  if (found) return found;
  return bringGoProgram({
    name: 'opa',
    version: OPA_VERSION,
    source: 'github.com/open-policy-agent/opa',
    remedy: `Install Open Policy Agent ${OPA_VERSION} and name the program in WAYMARK_OPA, or install Go, which builds it.`,
  });
}
