import { count, type SourceStatus } from '@waymark/plugin-dora-common';
import { Skeleton } from '@backstage/ui';
import {
  type Column,
  DataTable,
  Failure,
  Panel,
  timeText,
} from '@waymark/plugin-parts-react';
import { useStatus } from '../live/questions';
import { Computing } from '../parts/Computing';
import { NoDeliveries } from '../parts/NoDeliveries';
import styles from './Intake.module.css';

const figures = new Intl.NumberFormat('en');

const counters = [
  ['received', 'Received'],
  ['duplicate', 'Repeated'],
  ['applied', 'Applied'],
  ['ignored', 'Ignored'],
  ['unmatched', 'Unmatched'],
  ['failed', 'Failed'],
  ['refused', 'Refused'],
] as const;

/** What asks for somebody stands out where it is not zero. */
const urgent = new Set(['unmatched', 'failed', 'refused']);

const columns: Column<SourceStatus>[] = [
  { title: 'Source', render: ({ title }) => title },
  ...counters.map(
    ([key, title]): Column<SourceStatus> => ({
      title,
      isFigure: true,
      render: source => (
        <span data-urgent={urgent.has(key) && source[key] > 0}>
          {figures.format(source[key])}
        </span>
      ),
    }),
  ),
  {
    title: 'Last',
    render: ({ lastAt }) => (lastAt ? timeText(lastAt) : 'never'),
  },
];

/** The counters of every source: nothing is dropped without being counted. */
export function Sources() {
  const { value, error, refresh } = useStatus();
  return (
    <Panel
      title="Sources"
      lead="What each system sent, and what became of it. Refused are deliveries whose signature was missing or wrong."
    >
      {error && (
        <Failure
          title="The counters could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={160} />}
      {value && (
        <div className={styles.stack}>
          <Computing upToDate={value.upToDate} refresh={refresh} />
          <p className={styles.text}>
            {count(value.waiting, 'delivery', 'deliveries')} stored and not yet
            read; the numbers of {count(value.stale, 'component')} being
            computed. Deliveries that were understood are kept for{' '}
            {count(value.keepsDays, 'day')}.
          </p>
          {value.sources.length > 0 ? (
            <DataTable
              label="Sources"
              rows={value.sources}
              keyOf={({ id }) => id}
              columns={columns}
            />
          ) : (
            <NoDeliveries title="No source is configured" />
          )}
        </div>
      )}
    </Panel>
  );
}
