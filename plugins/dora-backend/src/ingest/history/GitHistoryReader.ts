import { ServiceUnavailableError } from '@backstage/errors';
import { spawnGit } from '@waymark/plugin-repositories-node';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { historyCommands, readGitHistory, type GitHistory } from './gitHistory';
import type { RepositoryPlace } from './RepositoryAccess';

const timeoutMs = 10 * 60_000;

/** Git asks nobody, follows nobody, and speaks nothing but https. */
function remoteEnvironment(authorization: string | undefined) {
  const settings = {
    'http.followRedirects': 'false',
    // What the header says stays out of the arguments, which others on the machine can read.
    ...(authorization && {
      'http.extraHeader': `Authorization: ${authorization}`,
    }),
  };
  return {
    GIT_ALLOW_PROTOCOL: 'https',
    GIT_CONFIG_COUNT: String(Object.keys(settings).length),
    ...Object.fromEntries(
      Object.entries(settings).flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

/** What a command of Git writes. Ends with an error when the command does. */
function outputOf(
  args: readonly string[],
  repository: string,
  env?: Record<string, string>,
): AsyncIterable<Buffer> {
  const git = spawnGit([...args], { repository, env, timeoutMs });
  // Node drains a child's output when the child ends, read or not.
  const output = new PassThrough();
  let words = '';
  git.stdin.end();
  git.stdout.pipe(output, { end: false });
  git.stderr.on('data', chunk => {
    words = `${words}${chunk}`.slice(-500);
  });
  git.once('error', error => output.destroy(error));
  git.once('close', (code, signal) => {
    if (code === 0) {
      output.end();
      return;
    }
    output.destroy(
      new ServiceUnavailableError(
        `git ${args[0]} ended with ${signal ?? code}: ${words.trim()}`,
      ),
    );
  });
  return output;
}

async function run(
  args: string[],
  repository: string,
  env?: Record<string, string>,
): Promise<void> {
  for await (const _ of outputOf(args, repository, env)) {
    // Only how it ends matters.
  }
}

async function* outputsOf(repository: string): AsyncGenerator<Buffer> {
  for (const command of historyCommands) yield* outputOf(command, repository);
}

/** Commits and tags of a remote repository, without any file. */
async function fetchHistory(
  { url, authorization }: Extract<RepositoryPlace, { kind: 'remote' }>,
  repository: string,
): Promise<void> {
  await run(['init', '--quiet', '--bare'], repository);
  await run(['remote', 'add', 'origin', url], repository);
  await run(
    [
      'fetch',
      '--quiet',
      '--filter=tree:0',
      '--no-recurse-submodules',
      'origin',
      '+HEAD:refs/heads/main',
      '+refs/tags/*:refs/tags/*',
    ],
    repository,
    remoteEnvironment(authorization),
  );
  await run(['symbolic-ref', 'HEAD', 'refs/heads/main'], repository);
}

/**
 * Reads the history of a repository with Git.
 *
 * @throws ServiceUnavailableError when Git fails, with its words
 */
export async function readRepository(
  place: RepositoryPlace,
): Promise<GitHistory> {
  if (place.kind === 'local') {
    return readGitHistory(outputsOf(place.directory));
  }
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-history-'));
  try {
    const repository = path.join(folder, 'history.git');
    await fetchHistory(place, repository);
    return await readGitHistory(outputsOf(repository));
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}
