import type { Config } from '@backstage/config';
import { readRoleGroups } from '../../permissions/roles';
import type { PortalStanding } from './portalEntities';

/** How the portal's own entities stand in the catalog. */
export type PortalSettings = PortalStanding & {
  title: string;
  /**
   * Whether a catalog file describes the portal as a component already: in
   * development `catalog-info.yaml` does, with the portal's own docs.
   */
  described: boolean;
};

/** Reads who runs the portal, and where: those who hold its highest role own it. */
export function readPortalSettings(config: Config): PortalSettings {
  const described =
    config.getOptionalString('waymark.environment') === 'development';
  const [owner = 'unknown'] = readRoleGroups(config)['platform-engineer'];
  return {
    baseUrl: config.getString('backend.baseUrl').replace(/\/+$/, ''),
    title: config.getOptionalString('app.title') ?? 'Waymark',
    owner,
    described,
    ...(described && { system: 'developer-portal' }),
  };
}
