import type { Config } from '@backstage/config';
import { readList } from '../settings/readList';

/** Where registered locations may lie. */
export type LocationSettings = {
  /** The hosts of `allowedHosts` that no integration reads: plain web servers. */
  plainHosts: string[];
  /** Host names, with a port where it is not the usual one; `*.` before a name takes every name below it. */
  allowedHosts: string[];
  /** The portal's own host in development, whose repositories are served without TLS. */
  ownHttpHost?: string;
};

/** Hosts of the integrations that somebody configured; upstream's own defaults do not count. */
function integrationHosts(config: Config): string[] {
  const integrations = config.getOptionalConfig('integrations');
  const implied: Record<string, string> = {
    github: 'github.com',
    gitlab: 'gitlab.com',
  };
  return (integrations?.keys() ?? []).flatMap(type =>
    (integrations?.getOptionalConfigArray(type) ?? []).flatMap(
      entry => entry.getOptionalString('host') ?? implied[type] ?? [],
    ),
  );
}

/** Reads `waymark.catalog.allowedHosts` and adds the configured integrations and the portal itself. */
export function readLocationSettings(config: Config): LocationSettings {
  const own = new URL(config.getString('backend.baseUrl'));
  const development =
    config.getOptionalString('waymark.environment') === 'development';
  const listed = readList(config, 'waymark.catalog.allowedHosts').map(host =>
    host.toLocaleLowerCase('en-US'),
  );
  const integrated = integrationHosts(config);
  return {
    plainHosts: listed.filter(host => !integrated.includes(host)),
    allowedHosts: [
      ...listed,
      ...integrated,
      ...(own.protocol === 'https:' ? [own.host] : []),
    ],
    ownHttpHost: development && own.protocol === 'http:' ? own.host : undefined,
  };
}
