import { Link, Skeleton } from '@backstage/ui';
import {
  DataTable,
  EntityName,
  Failure,
  offsetOf,
  Pages,
  Panel,
  timeText,
} from '@waymark/plugin-parts-react';
import { useUnmatched } from '../live/questions';
import { annotationDocs } from '../parts/docs';
import { useView } from '../view/useView';
import styles from './Intake.module.css';

const limit = 25;

/** Names in deliveries that no entity claims, each with what would claim it. */
export function UnmatchedNames() {
  const { params, change } = useView();
  const offset = offsetOf(params.get('unmatchedOffset'));
  const { value, error, refresh } = useUnmatched({ limit, offset });
  return (
    <Panel
      title="Unmatched names"
      lead={
        <>
          What deliveries call things that no entity claims. What they report is
          kept, and counts as soon as an entity is{' '}
          <Link href={annotationDocs}>annotated</Link> with the name.
        </>
      }
    >
      {error && (
        <Failure
          title="The names could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={120} />}
      {value?.total === 0 && (
        <p className={styles.text}>Every name belongs to an entity.</p>
      )}
      {value && value.total > 0 && (
        <DataTable
          label="Unmatched names"
          rows={value.items}
          keyOf={({ key }) => key}
          columns={[
            { title: 'Name', render: ({ key }) => <code>{key}</code> },
            { title: 'Facts', render: ({ facts }) => facts, isFigure: true },
            {
              title: 'Last',
              render: ({ lastAt }) => lastAt && timeText(lastAt),
            },
            {
              title: 'Suggestion',
              render: ({ suggestion }) => suggestion,
            },
            {
              title: 'Entity',
              render: ({ entityRef }) =>
                entityRef && <EntityName entityRef={entityRef} />,
            },
          ]}
        />
      )}
      {value && (
        <Pages
          of="unmatched names"
          offset={offset}
          limit={limit}
          total={value.total}
          onGo={to =>
            change({ unmatchedOffset: to > 0 ? String(to) : undefined })
          }
        />
      )}
    </Panel>
  );
}
