import {
  fitsPattern,
  optionalText,
  text,
  type ServiceHint,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { GithubSettings } from './config';

/** The part of `repository` that every reader needs. */
export const repositoryShape = z.object({
  full_name: text,
  default_branch: optionalText,
});

type Repository = z.output<typeof repositoryShape>;

/** The service by the repository, and by the files in it where they are known. */
export function serviceOf(
  repository: Repository,
  paths: string[] = [],
): ServiceHint {
  return {
    annotation: 'github.com/project-slug',
    value: repository.full_name,
    ...(paths.length > 0 && { paths }),
  };
}

/** Whether what is merged into the branch is a change. */
export function isMainBranch(
  branch: string,
  repository: Repository,
  settings: Pick<GithubSettings, 'branches'>,
): boolean {
  return settings.branches.length > 0
    ? settings.branches.some(pattern => fitsPattern(branch, pattern))
    : branch === repository.default_branch;
}
