import { valueText, type Goal } from '@waymark/plugin-dora-common';
import styles from './Goals.module.css';

const clamp = (share: number) => Math.min(1, Math.max(0, share));

function said(goal: Goal, at: 'start' | 'now'): string {
  const { value, state } = goal.progress[at];
  if (value === null) return 'no data';
  const text = valueText(goal.unit, value);
  return state === 'insufficient' ? `${text}, too little to judge` : text;
}

/** The way from the start to the target, how much of it is done, and how much of the time is over. */
export function GoalBar({ goal }: { goal: Goal }) {
  const { share, expected } = goal.progress;
  return (
    <div className={styles.way}>
      <div
        className={styles.track}
        data-status={goal.progress.status}
        aria-hidden
      >
        {share !== null && (
          <span
            className={styles.done}
            style={{ inlineSize: `${clamp(share) * 100}%` }}
          />
        )}
        {expected !== null && (
          <span
            className={styles.time}
            style={{ insetInlineStart: `${clamp(expected) * 100}%` }}
          />
        )}
      </div>
      <dl className={styles.ends}>
        <div>
          <dt>Start</dt>
          <dd>{said(goal, 'start')}</dd>
        </div>
        <div>
          <dt>Now</dt>
          <dd className={styles.now}>{said(goal, 'now')}</dd>
        </div>
        <div>
          <dt>Goal</dt>
          <dd>{valueText(goal.unit, goal.target)}</dd>
        </div>
      </dl>
    </div>
  );
}
