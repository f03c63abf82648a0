import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { LaunchFailure } from '../failure.ts';

const run = promisify(execFile);

/** Packs the folder of repositories that the portal hosts itself. */
export async function packRepositories(
  folder: string,
  archive: string,
): Promise<void> {
  await run('tar', [
    '--create',
    '--gzip',
    `--file=${archive}`,
    `--directory=${path.dirname(folder)}`,
    path.basename(folder),
  ]);
}

/** Puts the packed folder below another. */
export async function unpackRepositories(
  archive: string,
  parent: string,
): Promise<void> {
  await fs.mkdir(parent, { recursive: true });
  await run('tar', [
    '--extract',
    '--gzip',
    `--file=${archive}`,
    `--directory=${parent}`,
  ]);
}

async function find(folder: string): Promise<string[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  if (entries.some(({ name }) => name === 'HEAD')) return [folder];
  const below = entries
    .filter(entry => entry.isDirectory())
    .map(({ name }) => find(path.join(folder, name)));
  return (await Promise.all(below)).flat();
}

/**
 * Lets Git look through every repository of a folder.
 *
 * @returns how many there are
 * @throws LaunchFailure that names the first that is not whole
 */
export async function checkRepositories(folder: string): Promise<number> {
  const repositories = await find(folder);
  for (const repository of repositories) {
    try {
      await run('git', [
        // The files may belong to the account that the portal runs as.
        '-c',
        `safe.directory=${repository}`,
        `--git-dir=${repository}`,
        'fsck',
        '--full',
        '--strict',
      ]);
    } catch (error) {
      throw new LaunchFailure(
        `The repository ${path.relative(
          folder,
          repository,
        )} is not whole in the backup: ${(error as Error).message}`,
        'Take the copy again while nobody pushes, and look at the disk.',
      );
    }
  }
  return repositories.length;
}
