import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/** Who asked for something, to be kept with it. */
export function callerName({ principal }: BackstageCredentials): string {
  const named = principal as { userEntityRef?: string; subject?: string };
  return named.userEntityRef ?? named.subject ?? 'unknown';
}
