import {
  goalText,
  percentileTitles,
  type Goal,
} from '@waymark/plugin-dora-common';
import { Button } from '@backstage/ui';
import { dateText, EntityName, Mark } from '@waymark/plugin-parts-react';
import { GoalBar } from './GoalBar';
import { GoalTrend } from './GoalTrend';
import { statusWords } from './words';
import styles from './Goals.module.css';

/** A goal: how far it has come, whether that is enough, and who decided it. */
export function GoalCard(props: {
  goal: Goal;
  /** Lets the person change it; absent when they may not. */
  onEdit?: () => void;
}) {
  const { goal, onEdit } = props;
  const { status, note } = goal.progress;
  const name = goalText(goal);
  return (
    <article className={styles.card} aria-label={name}>
      <div className={styles.title}>
        <h3>{name}</h3>
        <Mark {...statusWords[status]} />
      </div>
      <GoalBar goal={goal} />
      <GoalTrend goal={goal} />
      <p className={styles.text}>
        {[
          note,
          goal.due ? `Due ${dateText(goal.due, 'UTC')}` : 'Without a due day',
          `Measured over the last ${goal.windowDays} days${
            goal.percentile ? ` (${percentileTitles[goal.percentile]})` : ''
          }`,
        ].join('. ')}
        . Set by <EntityName entityRef={goal.changedBy ?? goal.setBy} />.
      </p>
      {onEdit && (
        <div>
          <Button
            size="small"
            variant="secondary"
            aria-label={`Change the goal: ${name}`}
            onPress={onEdit}
          >
            Change
          </Button>
        </div>
      )}
    </article>
  );
}
