import os from 'node:os';
import path from 'node:path';
import type { Config } from '@backstage/config';
import type { Finding } from './findings';

const remedy =
  'set WAYMARK_REPOSITORIES to a folder that outlives the portal, is backed up, and is the same for every replica; or keep repositories on a Git host with WAYMARK_REPOSITORY_HOST';

const passing = [os.tmpdir(), '/tmp', '/var/tmp', '/dev/shm', '/run'];

function isPassing(directory: string): boolean {
  const resolved = path.resolve(directory);
  return passing.some(
    folder =>
      resolved === folder || resolved.startsWith(`${folder}${path.sep}`),
  );
}

/** What is wrong with the folder of repositories, or undefined when nothing is. */
function folderProblem(directory: string | undefined): string | undefined {
  if (!directory) return 'is not set';
  if (!path.isAbsolute(directory)) return 'is not an absolute path';
  if (isPassing(directory)) return 'is a temporary folder';
  return undefined;
}

/** Repositories that the portal keeps itself must not be open to all, nor end with the process. */
export function repositoryFindings(config: Config): Finding[] {
  const at = 'waymark.repositories';
  if (config.getOptionalString(`${at}.host`) !== 'local') return [];
  const problem = folderProblem(config.getOptionalString(`${at}.directory`));
  return [
    ...(problem
      ? [{ key: `${at}.directory`, message: `${problem}; ${remedy}` }]
      : []),
    ...(config.getOptionalBoolean(`${at}.anonymousClone`)
      ? [
          {
            key: `${at}.anonymousClone`,
            message:
              'lets anybody clone every repository without a name; remove it',
          },
        ]
      : []),
  ];
}
