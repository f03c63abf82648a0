import type { Goal } from '@waymark/plugin-dora-common';
import { Button, Skeleton } from '@backstage/ui';
import { RiFlagLine } from '@remixicon/react';
import { useState } from 'react';
import { useGoals } from '../live/questions';
import { Failure, Panel } from '@waymark/plugin-parts-react';
import { GoalCard } from './GoalCard';
import { GoalDialog } from './GoalDialog';
import styles from './Goals.module.css';

/** The goals of a group, which those who lead it can set and change here. */
export function GoalsPanel(props: { entityRef: string; title: string }) {
  const { entityRef, title } = props;
  const { value, error, loading, refresh } = useGoals({ entityRef });
  const allowed = value?.maySet ?? false;
  const [edited, setEdited] = useState<Goal | 'new'>();
  return (
    <Panel
      title="Goals"
      lead="What the group wants its numbers to be. Members hear when one is crossed, and on Mondays how the week was."
      isBusy={loading}
      aside={
        allowed && (
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiFlagLine />}
            onPress={() => setEdited('new')}
          >
            Set a goal
          </Button>
        )
      }
    >
      {error && (
        <Failure
          title="The goals could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={120} />}
      {value && value.items.length === 0 && (
        <p className={styles.text}>
          {title} has set no goal.{' '}
          {allowed
            ? 'One number that is looked at every week says more than five that are not.'
            : 'Those who lead it can set one.'}
        </p>
      )}
      {value && value.items.length > 0 && (
        <div className={styles.cards}>
          {value.items.map(goal => (
            <GoalCard
              key={goal.id}
              goal={goal}
              onEdit={allowed ? () => setEdited(goal) : undefined}
            />
          ))}
        </div>
      )}
      {edited && (
        <GoalDialog
          entityRef={entityRef}
          title={title}
          goal={edited === 'new' ? undefined : edited}
          onDone={() => {
            setEdited(undefined);
            refresh();
          }}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Panel>
  );
}
