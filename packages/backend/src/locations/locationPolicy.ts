import { InputError, NotAllowedError } from '@backstage/errors';
import ipaddr from 'ipaddr.js';
import type { LocationSettings } from './settings';

function parse(target: string): URL {
  try {
    return new URL(target);
  } catch {
    throw new InputError(
      `The location "${target}" is not a URL; give the https address of a catalog-info.yaml`,
    );
  }
}

/** Whether the host is a number instead of a name; URLs write every spelling of one in the same way. */
function isAddress(hostname: string): boolean {
  return ipaddr.isValid(hostname.replace(/^\[|\]$/g, ''));
}

const internalNames =
  /^(localhost|[^.]+)$|\.(localhost|local|internal|intranet|lan|home\.arpa)$/;

function isListed(host: string, allowed: string[]): boolean {
  return allowed.some(entry =>
    entry.startsWith('*.') ? host.endsWith(entry.slice(1)) : host === entry,
  );
}

/**
 * Says whether a location may be registered.
 *
 * @throws InputError when it is no location that could ever be read
 * @throws NotAllowedError when its host is not one that the portal reads from
 */
export function requireAllowedLocation(
  location: { type: string; target: string },
  { allowedHosts, ownHttpHost }: LocationSettings,
): void {
  if (location.type !== 'url') {
    throw new InputError(
      `Locations of type "${location.type}" cannot be registered; only type "url" can`,
    );
  }
  const url = parse(location.target);
  if (url.username || url.password) {
    throw new InputError(
      'The location contains a user name or password; the portal reads with its own credentials',
    );
  }
  if (url.protocol === 'http:' && url.host === ownHttpHost) return;
  if (url.protocol !== 'https:') {
    throw new InputError(
      `The location uses ${url.protocol.slice(0, -1)}; only https is read`,
    );
  }
  // What the operator wrote down by name, with its port, is wanted, wherever it lies.
  if (isListed(url.host, allowedHosts)) return;
  if (isAddress(url.hostname) || internalNames.test(url.hostname)) {
    throw new NotAllowedError(
      `${url.host} is an internal address, which no location may point to`,
    );
  }
  throw new NotAllowedError(
    `The portal does not read from ${url.host}; its operator can add the host to waymark.catalog.allowedHosts or configure an integration for it`,
  );
}
