import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/** Who asks, to be written down: a person, or the subject of a service. */
export function callerName({ principal }: BackstageCredentials): string {
  if (typeof principal !== 'object' || principal === null) return 'unknown';
  if ('userEntityRef' in principal) return String(principal.userEntityRef);
  return 'subject' in principal ? String(principal.subject) : 'unknown';
}
