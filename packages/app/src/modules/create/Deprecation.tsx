import type { Entity } from '@backstage/catalog-model';
import { Alert } from '@backstage/ui';
import { dateText, EntityName } from '@waymark/plugin-parts-react';

/** Says of a template that nothing new should be made of it, since when, and what to take. */
export function Deprecation({
  template,
  today = new Date().toISOString().slice(0, 10),
}: {
  template: Entity;
  /** As `2026-11-29`. */
  today?: string;
}) {
  const { annotations = {} } = template.metadata;
  const on = annotations['waymark.io/deprecated-on'];
  const instead = annotations['waymark.io/replaced-by'];
  if (!on || !/^\d{4}-\d{2}-\d{2}$/.test(on)) return null;
  return (
    <Alert
      status="warning"
      icon
      title={`Deprecated ${on > today ? 'from' : 'since'} ${dateText(
        on,
        'UTC',
      )}`}
      description={
        instead ? (
          <>
            Take <EntityName entityRef={instead} /> instead.
          </>
        ) : (
          'Nothing new should be made of it.'
        )
      }
    />
  );
}
