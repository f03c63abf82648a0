import { Link, Skeleton } from '@backstage/ui';
import type { SignalRule } from '@waymark/plugin-costs-common';
import {
  DataTable,
  Failure,
  Panel,
  type Column,
} from '@waymark/plugin-parts-react';
import { useSignalRules } from '../live/questions';
import { signalDocs } from '../parts/docs';
import { signalTitles } from '../words/dimensions';
import styles from './Observability.module.css';

const columns: Column<SignalRule>[] = [
  { title: 'Service', render: ({ service }) => service },
  {
    title: 'Of what is charged',
    render: ({ charge }) => charge ?? 'Everything',
  },
  {
    title: 'Counts as',
    render: ({ signal }) => signalTitles[signal] ?? signal,
  },
];

/** What counts as logs, metrics and traces. */
export function SignalRules() {
  const { value, error, refresh } = useSignalRules();
  return (
    <Panel
      title="What counts"
      lead={
        <>
          The first line that fits a charge decides. Platform engineers change
          them through the API; <Link href={signalDocs}>how that goes</Link>.
        </>
      }
    >
      {error && (
        <Failure
          title="The rules could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={40} />}
      {value && value.items.length === 0 && (
        <p className={styles.text}>Nothing does: there is no rule.</p>
      )}
      {value && value.items.length > 0 && (
        <details>
          <summary>{`${value.items.length} rules, in their order`}</summary>
          <DataTable
            label="What counts as logs, metrics and traces"
            columns={columns}
            rows={value.items}
            keyOf={({ service, charge }) => `${service} ${charge}`}
          />
        </details>
      )}
    </Panel>
  );
}
