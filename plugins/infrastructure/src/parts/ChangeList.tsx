import {
  RiAddCircleLine,
  RiDeleteBinLine,
  RiEditLine,
  RiEqualLine,
  RiRepeatLine,
} from '@remixicon/react';
import type { PlannedChange } from '@waymark/plugin-infrastructure-common';
import { count, Mark } from '@waymark/plugin-parts-react';
import styles from './ChangeList.module.css';

type Action = PlannedChange['action'];

const actions = {
  delete: { text: 'Deletes', tone: 'negative', Icon: RiDeleteBinLine },
  replace: { text: 'Replaces', tone: 'negative', Icon: RiRepeatLine },
  update: { text: 'Updates', tone: 'warning', Icon: RiEditLine },
  create: { text: 'Creates', tone: 'positive', Icon: RiAddCircleLine },
  keep: { text: 'Keeps', tone: 'plain', Icon: RiEqualLine },
} as const;

/** What destroys comes first. */
export const actionOrder = Object.keys(actions) as Action[];

function Change({ change }: { change: PlannedChange }) {
  const { action, address, title, details = [], diff } = change;
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
      {diff && <Diff text={diff} of={address} />}
    </li>
  );
}

/** What scrolls has to be reached by keyboard. */
const scrollable = { tabIndex: 0 };

const marks: Record<string, string> = { '+': 'new', '-': 'old', '@': 'place' };

/** Lines that go and come, as Git shows them. */
function Diff({ text, of }: { text: string; of: string }) {
  return (
    <pre className={styles.diff} aria-label={`Lines of ${of}`} {...scrollable}>
      {text
        .trimEnd()
        .split('\n')
        .map((line, number) => (
          // Lines repeat, and never move: their number is what names them.
          <span key={number} data-line={marks[line[0]]}>
            {`${line}\n`}
          </span>
        ))}
    </pre>
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

/** What would be done, with what destroys first and standing out. */
export function ChangeList({ changes }: { changes: PlannedChange[] }) {
  const sorted = [...changes].sort(
    (a, b) => actionOrder.indexOf(a.action) - actionOrder.indexOf(b.action),
  );
  return (
    <ul className={styles.changes} aria-label={count(changes.length, 'change')}>
      {sorted.map(change => (
        <Change key={change.address} change={change} />
      ))}
    </ul>
  );
}
