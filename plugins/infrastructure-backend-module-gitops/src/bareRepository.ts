import { newWorkFolder, runGit } from '@waymark/plugin-repositories-node';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { RepositorySettings } from './config';

const firstPage = `# Environments

What runs where. Waymark commits here what was asked for and approved, a folder
for each resource; Argo CD or Flux brings clusters to it.
`;

/** Says to Git whom a commit is by. */
export function signed({ name, email }: RepositorySettings['author']) {
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
}

/** Makes an empty repository without files beside it. */
export async function makeBare(folder: string, branch: string): Promise<void> {
  await runGit(
    ['init', '--quiet', '--bare', '--template=', `--initial-branch=${branch}`],
    { repository: folder },
  );
}

/** Makes the repository of the settings beside its place, and puts it there when it is whole. */
export async function createRepository(
  settings: RepositorySettings,
): Promise<void> {
  const { author, branch, remote } = settings;
  await fs.mkdir(path.dirname(remote), { recursive: true });
  const work = newWorkFolder(path.dirname(remote));
  const git = async (args: string[], input?: string) => {
    const options = { repository: work, input, env: signed(author) };
    return (await runGit(args, options)).toString().trim();
  };
  try {
    await makeBare(work, branch);
    await fs.writeFile(
      path.join(work, 'description'),
      'What runs where, as Waymark committed it and clusters reconcile it\n',
    );
    const readme = await git(['hash-object', '-w', '--stdin'], firstPage);
    const tree = await git(['mktree'], `100644 blob ${readme}\tREADME.md\n`);
    const commit = await git(['commit-tree', tree], 'Begin\n');
    await git(['update-ref', `refs/heads/${branch}`, commit]);
    await fs.rename(work, remote).catch(error => {
      // Somebody was faster, and theirs is as good.
      if (!existsSync(remote)) throw error;
    });
  } finally {
    await fs.rm(work, { recursive: true, force: true });
  }
}
