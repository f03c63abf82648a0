import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import path from 'node:path';

/** How the portal keeps repositories in a folder of its own. */
export type LocalSettings = {
  host: 'local';
  /** Absolute. */
  directory: string;
  /** The portal's own address, without a slash at the end. */
  baseUrl: string;
  /** Whether anybody may clone. */
  anonymousClone: boolean;
};

/** How the portal uses a Git host outside. */
export type RemoteSettings = {
  host: 'github' | 'gitlab';
  hostname: string;
  /** The organization, group or account that new repositories belong to. */
  owner: string;
  visibility: 'private' | 'internal' | 'public';
};

export type RepositorySettings = LocalSettings | RemoteSettings;

const visibilities = ['private', 'internal', 'public'] as const;

function readLocal(config: Config, directory: string): LocalSettings {
  return {
    host: 'local',
    directory: path.resolve(directory),
    baseUrl: config.getString('backend.baseUrl').replace(/\/+$/, ''),
    anonymousClone:
      config.getOptionalBoolean('waymark.repositories.anonymousClone') ?? false,
  };
}

function readRemote(
  config: Config,
  host: RemoteSettings['host'],
): RemoteSettings {
  const given =
    config.getOptionalString('waymark.repositories.visibility') ?? 'private';
  const visibility = visibilities.find(known => known === given);
  if (!visibility) {
    throw new InputError(
      `waymark.repositories.visibility is "${given}"; it is one of ${visibilities.join(
        ', ',
      )}`,
    );
  }
  return {
    host,
    hostname:
      config.getOptionalString('waymark.repositories.hostname') ??
      `${host}.com`,
    owner: config.getString('waymark.repositories.owner'),
    visibility,
  };
}

/**
 * Reads `waymark.repositories`.
 *
 * @throws when the host is unknown or lacks what it needs
 */
export function readRepositorySettings(config: Config): RepositorySettings {
  const host = config.getString('waymark.repositories.host');
  switch (host) {
    case 'local':
      return readLocal(
        config,
        config.getString('waymark.repositories.directory'),
      );
    case 'github':
    case 'gitlab':
      return readRemote(config, host);
    default:
      throw new InputError(
        `waymark.repositories.host is "${host}"; it is one of local, github, gitlab`,
      );
  }
}
