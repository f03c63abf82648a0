import { Button, Skeleton } from '@backstage/ui';
import type { DriftedFile } from '@waymark/plugin-golden-paths-common';
import { Failure, Panel } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import styles from '../parts/Parts.module.css';
import { useDrift } from './questions';

/** Which files of the template the team changed, and how. */
export function DriftPanel(props: {
  entityRef: string;
  drift: DriftedFile[];
  /** Lines of a repository are for its people. */
  mayReadLines: boolean;
}) {
  const { entityRef, drift, mayReadLines } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <Panel
      title="Drift"
      lead={
        drift.length === 0
          ? 'Every file is as the template wrote it.'
          : 'Files of the template that were changed here. That is nothing bad: an upgrade keeps the changes.'
      }
      aside={
        drift.length > 0 &&
        mayReadLines && (
          <Button
            size="small"
            variant="secondary"
            aria-expanded={isOpen}
            onPress={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Hide the changes' : 'Show the changes'}
          </Button>
        )
      }
    >
      {isOpen ? (
        <Patches entityRef={entityRef} />
      ) : (
        <ul className={styles.files} aria-label="Changed files">
          {drift.map(({ path, kind }) => (
            <li key={path}>
              <span className={styles.path}>{path}</span> {kind}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Patches({ entityRef }: { entityRef: string }) {
  const { value, error, refresh } = useDrift(entityRef);
  if (error) {
    return (
      <Failure
        title="The changes could not be read"
        error={error}
        onRetry={refresh}
      />
    );
  }
  if (!value) return <Skeleton width="100%" height={160} />;
  return (
    <ul className={styles.files} aria-label="Changed files">
      {value.files.map(({ path, added, removed, patch }) => (
        <li key={path}>
          <span className={styles.path}>{path}</span>{' '}
          {`${added} lines added, ${removed} removed`}
          {patch && <pre className={styles.patch}>{patch}</pre>}
        </li>
      ))}
    </ul>
  );
}
