import {
  RiAddCircleLine,
  RiDeleteBinLine,
  RiEditLine,
  RiEqualLine,
  RiRepeatLine,
} from '@remixicon/react';
import type {
  Plan,
  PlannedChange,
} from '@waymark/plugin-infrastructure-common';
import { count, Mark, Panel, timeText } from '@waymark/plugin-parts-react';
import styles from './Request.module.css';

type Action = PlannedChange['action'];

const actions = {
  delete: { text: 'Deletes', tone: 'negative', Icon: RiDeleteBinLine },
  replace: { text: 'Replaces', tone: 'negative', Icon: RiRepeatLine },
  update: { text: 'Updates', tone: 'warning', Icon: RiEditLine },
  create: { text: 'Creates', tone: 'positive', Icon: RiAddCircleLine },
  keep: { text: 'Keeps', tone: 'plain', Icon: RiEqualLine },
} as const;

/** What destroys comes first. */
const order = Object.keys(actions) as Action[];

function Change({ change }: { change: PlannedChange }) {
  const { action, address, title, details = [] } = change;
  return (
    <li className={styles.change} data-action={action}>
      <div className={styles.changeHead}>
        <Mark {...actions[action]} />
        <span>{title}</span>
        <span className={styles.address}>{address}</span>
      </div>
      {details.length > 0 && (
        <dl className={styles.details}>
          {details.map(({ field, before, after }) => (
            <DetailRow
              key={field}
              field={field}
              before={before}
              after={after}
            />
          ))}
        </dl>
      )}
    </li>
  );
}

function DetailRow(props: { field: string; before?: string; after?: string }) {
  const { field, before, after } = props;
  return (
    <>
      <dt>{field}</dt>
      <dd>
        {before !== undefined && after !== undefined ? (
          <>
            <del>{before}</del> to <ins>{after}</ins>
          </>
        ) : (
          <>
            {before !== undefined && <del>{before}</del>}
            {after !== undefined && <ins>{after}</ins>}
          </>
        )}
      </dd>
    </>
  );
}

function summary(changes: PlannedChange[]): string {
  const of = (action: Action) =>
    changes.filter(change => change.action === action).length;
  const parts = order
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
  const changes = [...plan.changes].sort(
    (a, b) => order.indexOf(a.action) - order.indexOf(b.action),
  );
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
        <ul
          className={styles.changes}
          aria-label={count(changes.length, 'change')}
        >
          {changes.map(change => (
            <Change key={change.address} change={change} />
          ))}
        </ul>
      ) : (
        <p className={styles.none}>The engine found nothing to do.</p>
      )}
    </Panel>
  );
}
