import { Alert } from '@backstage/ui';
import type { GoldenPathTemplate } from '@waymark/plugin-golden-paths-common';
import { dateText, EntityName } from '@waymark/plugin-parts-react';
import styles from './DeprecationNotice.module.css';

/** The end of support in words, once the portal has named its day. */
function supportWords(until: string | undefined, today: string): string {
  if (!until) return '';
  const verb = until < today ? 'Was supported' : 'Supported';
  return `${verb} until ${dateText(until, 'UTC')}. `;
}

/** Says of a template that nothing new should be made of it, since when, how long it is supported, and what to take. */
export function DeprecationNotice({
  template: { deprecated, replacedBy, supportedUntil },
  today = new Date().toISOString().slice(0, 10),
  className = '',
}: {
  template: Pick<
    GoldenPathTemplate,
    'deprecated' | 'replacedBy' | 'supportedUntil'
  >;
  /** As `2026-11-29`. */
  today?: string;
  className?: string;
}) {
  if (!deprecated) return null;
  return (
    <Alert
      status="warning"
      icon
      className={`${styles.notice} ${className}`}
      title={`Deprecated ${deprecated > today ? 'from' : 'since'} ${dateText(
        deprecated,
        'UTC',
      )}`}
      description={
        <>
          {supportWords(supportedUntil, today)}
          {replacedBy ? (
            <>
              Take <EntityName entityRef={replacedBy} /> instead.
            </>
          ) : (
            'Nothing new should be made of it.'
          )}
        </>
      }
    />
  );
}
