import { RiDeleteBinLine } from '@remixicon/react';
import type {
  Plan,
  PlannedChange,
} from '@waymark/plugin-infrastructure-common';
import { Mark, Panel, timeText } from '@waymark/plugin-parts-react';
import { actionOrder, ChangeList } from '../parts/ChangeList';
import styles from './Request.module.css';

type Action = PlannedChange['action'];

function summary(changes: PlannedChange[]): string {
  const of = (action: Action) =>
    changes.filter(change => change.action === action).length;
  const parts = actionOrder
    .filter(action => action !== 'keep' && of(action) > 0)
    .map(action => `${of(action)} to ${action}`);
  return parts.length > 0 ? parts.join(', ') : 'Nothing would change';
}

/** What would be done, with what destroys standing out. */
export function PlanPanel({ plan }: { plan?: Plan }) {
  if (!plan) {
    return (
      <Panel title="Plan">
        <p className={styles.none}>
          There is no plan yet: the engine has not said what it would do.
        </p>
      </Panel>
    );
  }
  const { changes } = plan;
  const isRisky = changes.some(
    ({ action }) => action === 'delete' || action === 'replace',
  );
  return (
    <Panel
      title="Plan"
      lead={`${summary(changes)}. Made ${timeText(plan.madeAt)}.`}
      aside={
        isRisky && (
          <Mark
            tone="negative"
            Icon={RiDeleteBinLine}
            text="Something is lost"
          />
        )
      }
    >
      {changes.length > 0 ? (
        <ChangeList changes={changes} />
      ) : (
        <p className={styles.none}>The engine found nothing to do.</p>
      )}
    </Panel>
  );
}
