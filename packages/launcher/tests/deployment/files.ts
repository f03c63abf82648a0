import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../../src/paths.ts';

/** Absolute path of a file of the repository. */
export function inRepository(...parts: string[]): string {
  return path.join(root, ...parts);
}

/** Text of a file of the repository. */
export function readText(...parts: string[]): string {
  return fs.readFileSync(inRepository(...parts), 'utf8');
}

/** Names and values of an env file; comments and blank lines are left out. */
export function readEnvFile(...parts: string[]): Map<string, string> {
  const lines = readText(...parts)
    .split('\n')
    .filter(line => line.trim() && !line.startsWith('#'));
  return new Map(
    lines.map(line => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

/** Whether a program can be run here with these arguments. */
export function hasProgram(program: string, args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

/** Every file below docker/kubernetes that ends with `.yaml`. */
export function manifestFiles(): string[] {
  const folder = inRepository('docker', 'kubernetes');
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.yaml'))
    .map(name => path.join(folder, name));
}
