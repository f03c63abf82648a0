import type { Config } from '@backstage/config';
import type { Author } from './RepositoryHost';

/** Whom commits are by when no person made them: the author that the scaffolder has too. */
export function readDefaultAuthor(config: Config): Author {
  return {
    name:
      config.getOptionalString('scaffolder.defaultAuthor.name') ??
      config.getOptionalString('app.title') ??
      'Waymark',
    email:
      config.getOptionalString('scaffolder.defaultAuthor.email') ??
      'noreply@localhost',
  };
}
