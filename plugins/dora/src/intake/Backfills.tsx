import { Button, Link, Skeleton } from '@backstage/ui';
import { useState } from 'react';
import { useBackfills, useStatus } from '../live/questions';
import { backfillDocs } from '../parts/docs';
import { Failure, Panel, useAskingAgain } from '@waymark/plugin-parts-react';
import { BackfillDialog } from './BackfillDialog';
import { BackfillTable } from './BackfillTable';
import styles from './Intake.module.css';

const open: readonly string[] = ['waiting', 'running'];

/** What is brought from before a delivery system was connected: to begin it, and to watch it. */
export function Backfills() {
  const { value: status } = useStatus();
  const { value, error, refresh } = useBackfills();
  const [isChoosing, setChoosing] = useState(false);
  useAskingAgain(
    value?.items.some(({ state }) => open.includes(state)) ?? false,
    refresh,
  );
  const sources = status?.sources.filter(source => source.hasHistory) ?? [];

  return (
    <Panel
      title="From the past"
      lead={
        <>
          What GitHub and GitLab kept from before they were connected, read
          through their API as slowly as they want.{' '}
          <Link href={backfillDocs}>How it works</Link>
        </>
      }
      aside={
        sources.length > 0 && (
          <Button variant="secondary" onPress={() => setChoosing(true)}>
            Bring the past
          </Button>
        )
      }
    >
      {error && (
        <Failure
          title="The backfills could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {(!value || !status) && !error && <Skeleton width="100%" height={80} />}
      {value?.total === 0 && status && (
        <p className={styles.text}>
          {sources.length > 0
            ? 'Nothing has been brought yet.'
            : 'No source can be asked: give the portal a token for GitHub or GitLab under integrations.'}
        </p>
      )}
      {value && value.total > 0 && (
        <BackfillTable
          backfills={value.items}
          sources={status?.sources ?? []}
          onChanged={refresh}
        />
      )}
      {isChoosing && (
        <BackfillDialog
          sources={sources}
          onStarted={refresh}
          onClose={() => setChoosing(false)}
        />
      )}
    </Panel>
  );
}
