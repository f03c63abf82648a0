import {
  optionalText,
  text,
  type ServiceHint,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';

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
