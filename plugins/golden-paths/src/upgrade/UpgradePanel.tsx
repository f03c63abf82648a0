import { MarkdownContent } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Skeleton } from '@backstage/ui';
import type {
  Member,
  UpgradePreview,
} from '@waymark/plugin-golden-paths-common';
import { Failure, Panel, useDeed } from '@waymark/plugin-parts-react';
import { fleetApiRef } from '../api/FleetApi';
import styles from '../parts/Parts.module.css';
import { usePreview } from './questions';

function extentOf({ changes, conflicts }: UpgradePreview): string {
  const changing = changes.length === 1 ? 'file changes' : 'files change';
  const waiting = conflicts.length === 1 ? 'waits' : 'wait';
  return `${changes.length} ${changing}, ${conflicts.length} ${waiting} for a decision.`;
}

/** What an upgrade would change, and the button that makes one. */
export function UpgradePanel(props: { member: Member; onDone: () => void }) {
  const { entityRef, latest, mayUpgrade } = props.member;
  const { value, error, refresh } = usePreview(entityRef);
  const api = useApi(fleetApiRef);
  const deed = useDeed();
  const upgrade = () =>
    deed.run(async () => {
      await api.requestUpgrade({ entityRef });
      props.onDone();
    });
  return (
    <Panel
      title={`What an upgrade to ${latest} changes`}
      lead="It is merged on a branch; the default branch stays as it is until somebody merges that."
    >
      {error && (
        <Failure
          title="The upgrade cannot be previewed"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={120} />}
      {value && (
        <>
          <p className={styles.note}>{extentOf(value)}</p>
          <div className={styles.words}>
            <MarkdownContent content={value.summary} />
          </div>
        </>
      )}
      {deed.error && (
        <Failure title="The upgrade was not started" error={deed.error} />
      )}
      {mayUpgrade ? (
        <div className={styles.actions}>
          <Button
            variant="primary"
            onPress={upgrade}
            isDisabled={!value}
            isPending={deed.isPending}
          >
            Upgrade
          </Button>
        </div>
      ) : (
        <p className={styles.note}>
          Its owners and the platform team can upgrade it.
        </p>
      )}
    </Panel>
  );
}
