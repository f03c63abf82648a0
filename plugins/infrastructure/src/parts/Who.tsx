import { EntityName } from '@waymark/plugin-parts-react';

/** Who did something: a person by name, the portal itself, or a program by what it is known by. */
export function Who({ by }: { by: string }) {
  if (/^[a-z]+:[^/]+\/.+$/.test(by)) return <EntityName entityRef={by} />;
  return <>{by.startsWith('plugin:') ? 'the portal' : by}</>;
}
