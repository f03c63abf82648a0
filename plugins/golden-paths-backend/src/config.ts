import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { Author } from '@waymark/plugin-repositories-node';
import path from 'node:path';

/** Whom the commits of upgrades are by: the author that the scaffolder has too. */
export function readAuthor(config: RootConfigService): Author {
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

/**
 * The folders of the catalog locations that are files on this machine. Relative
 * targets are resolved as the catalog resolves them.
 */
export function readLocalFolders(config: RootConfigService): string[] {
  return (config.getOptionalConfigArray('catalog.locations') ?? [])
    .filter(location => location.getString('type') === 'file')
    .map(location => path.dirname(path.resolve(location.getString('target'))));
}
