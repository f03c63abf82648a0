import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { LaunchFailure } from '../failure.ts';
import { paths } from '../paths.ts';
import type { Template } from './template.ts';

const execute = promisify(execFile);

/** A version of a template as it was before the current one. */
export type EarlierVersion = {
  version: string;
  /** The folder of all templates, as it was then. */
  templates: string;
};

const annotation = /waymark\.io\/template-version: (\d+\.\d+\.\d+)/;

async function git(...args: string[]): Promise<string> {
  const { stdout } = await execute('git', args, {
    cwd: paths.root,
    maxBuffer: 2 ** 26,
  });
  return stdout.trim();
}

/**
 * The earlier versions of a template, each as it was in the last commit before
 * the next one. The history of this repository is where they are: a portal
 * keeps what it published in its database.
 *
 * @returns none when the template has had one version only, or what came before made no golden path
 * @throws LaunchFailure when there is no history to look at
 */
export async function earlierVersions(
  template: Template,
): Promise<EarlierVersion[]> {
  const file = `templates/${template.name}/template.yaml`;
  const commits = await git('log', '--format=%H', '--', file).catch(() => {
    throw new LaunchFailure(
      'There is no Git history with earlier versions.',
      'Clone the repository with its history.',
    );
  });
  const found = new Map<string, string>();
  let next: string | undefined;
  for (const commit of commits.split('\n').filter(Boolean)) {
    const text = await git('show', `${commit}:${file}`);
    const version = annotation.exec(text)?.[1];
    // Layers may have changed since the template did: what counts is what stood last.
    const last = next ? `${next}~1` : commit;
    if (
      version &&
      version !== template.version &&
      !found.has(version) &&
      text.includes('golden-path:render')
    ) {
      found.set(version, await git('rev-parse', last));
    }
    next = commit;
  }
  return Promise.all(
    [...found].map(async ([version, commit]) => ({
      version,
      templates: await exported(commit),
    })),
  );
}

/** The templates of a commit, as files. */
async function exported(commit: string): Promise<string> {
  const folder = path.join(paths.home, 'templates', 'history', commit);
  await fs.rm(folder, { recursive: true, force: true });
  await fs.mkdir(folder, { recursive: true });
  const archive = `${folder}.tar`;
  await git('archive', `--output=${archive}`, commit, 'templates');
  await execute('tar', ['-xf', archive, '-C', folder]);
  await fs.rm(archive);
  return path.join(folder, 'templates');
}
