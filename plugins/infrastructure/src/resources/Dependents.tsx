import { Alert, Skeleton } from '@backstage/ui';
import { EntityName, Failure, Panel } from '@waymark/plugin-parts-react';
import { People } from '../parts/People';
import styles from './Resource.module.css';
import { useDependents } from './useDependents';

/** What the catalog says depends on a resource, whose each is, and where its people are called. */
export function Dependents(props: {
  entityRef: string;
  /** Title of a warning around them, where something is about to be taken from them. */
  warning?: string;
}) {
  const { entityRef, warning } = props;
  const { answer, failure, state, retry } = useDependents(entityRef);
  if (state === 'failed') {
    return (
      <Failure
        title="What depends on it could not be read"
        error={new Error(failure)}
        onRetry={retry}
      />
    );
  }
  if (!answer) return <Skeleton width="100%" height={48} />;
  if (answer === 'notInCatalog') {
    return (
      <p className={styles.note} role="status">
        The catalog does not have it yet, so what depends on it is not known.
        This looks again every few seconds.
      </p>
    );
  }
  if (answer.length === 0) {
    return <p className={styles.note}>Nothing in the catalog depends on it.</p>;
  }
  const list = (
    <ul className={styles.dependents}>
      {answer.map(({ entityRef: dependent, owners, onCall }) => (
        <li key={dependent}>
          <EntityName entityRef={dependent} />
          {owners.length > 0 && (
            <>
              {', of '}
              <People refs={owners} />
            </>
          )}
          {onCall && ` (on call: ${onCall})`}
        </li>
      ))}
    </ul>
  );
  return warning ? (
    <Alert status="danger" icon title={warning} description={list} />
  ) : (
    list
  );
}

/** What stands on a resource, for whoever thinks of changing it. */
export function DependentsPanel({ entityRef }: { entityRef: string }) {
  return (
    <Panel title="What depends on it" lead="As the catalog has it.">
      <Dependents entityRef={entityRef} />
    </Panel>
  );
}
