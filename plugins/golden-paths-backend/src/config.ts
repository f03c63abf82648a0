import type { RootConfigService } from '@backstage/backend-plugin-api';
import path from 'node:path';

/**
 * The folders of the catalog locations that are files on this machine. Relative
 * targets are resolved as the catalog resolves them.
 */
export function readLocalFolders(config: RootConfigService): string[] {
  return (config.getOptionalConfigArray('catalog.locations') ?? [])
    .filter(location => location.getString('type') === 'file')
    .map(location => path.dirname(path.resolve(location.getString('target'))));
}

/**
 * The groups that the portal's roles make platform engineers, who decide on
 * exceptions. References are in lower case wherever they are compared.
 */
export function readDeciders(config: RootConfigService): string[] {
  const key = 'waymark.permission.roles.platform-engineer';
  const value = config.getOptional(key);
  const refs =
    typeof value === 'string'
      ? value.split(',').flatMap(part => part.trim() || [])
      : config.getOptionalStringArray(key) ?? [];
  return refs.map(ref => ref.toLocaleLowerCase('en-US'));
}
