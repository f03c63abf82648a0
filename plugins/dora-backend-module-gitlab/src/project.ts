import {
  identifier,
  optionalText,
  text,
  type ServiceHint,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { GitlabSettings } from './config';

/** The part of `project` that every reader needs. */
export const projectShape = z.object({
  id: identifier,
  path_with_namespace: text,
  default_branch: optionalText,
});

type Project = z.output<typeof projectShape>;

/** The service by the project, and by the files in it where they are known. */
export function serviceOf(
  project: Project,
  { annotation }: Pick<GitlabSettings, 'annotation'>,
  paths: string[] = [],
): ServiceHint {
  return {
    annotation,
    value:
      annotation === 'gitlab.com/project-id'
        ? project.id
        : project.path_with_namespace,
    ...(paths.length > 0 && { paths }),
  };
}
