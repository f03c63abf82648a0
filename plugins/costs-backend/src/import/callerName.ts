import type { Caller } from './ImportsService';

/** Who asks, to be written down: a person, or the subject of a service. */
export function callerName({ credentials }: Caller): string {
  const principal = credentials.principal as {
    userEntityRef?: string;
    subject?: string;
  };
  return principal.userEntityRef ?? principal.subject ?? 'unknown';
}
