import type {
  Reallocation,
  ReallocationPage,
} from '@waymark/plugin-costs-common';
import {
  RiCheckLine,
  RiErrorWarningLine,
  RiLoader4Line,
  RiTimeLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import {
  count,
  DataTable,
  Mark,
  Panel,
  timeText,
  type Tone,
} from '@waymark/plugin-parts-react';
import { addMonths, monthTitle } from '../view/months';
import styles from './Rules.module.css';

const stateWords: Record<
  Reallocation['state'],
  { text: string; tone: Tone; Icon: RemixiconComponentType }
> = {
  waiting: { text: 'Waiting', tone: 'plain', Icon: RiTimeLine },
  allocating: { text: 'Allocating', tone: 'info', Icon: RiLoader4Line },
  done: { text: 'In force', tone: 'positive', Icon: RiCheckLine },
  failed: { text: 'Given up', tone: 'negative', Icon: RiErrorWarningLine },
};

/** Whether something still happens to a change. */
export const goesOn = ({ state }: Reallocation): boolean =>
  state === 'waiting' || state === 'allocating';

function periodText({ from, to, bills }: Reallocation): string {
  if (bills === 0) return 'Bills that come';
  const first = from.slice(0, 7);
  const last = addMonths(to.slice(0, 7), -1);
  return first === last
    ? monthTitle(first)
    : `${monthTitle(first)} to ${monthTitle(last)}`;
}

/** What is being put in force now, and how far that is. */
export function OpenChange({ one }: { one: Reallocation }) {
  const { bills, allocated, createdBy } = one;
  return (
    <div role="status" className={styles.open}>
      <Mark {...stateWords[one.state]} />
      <p className={styles.text}>
        {`The rules of ${createdBy} are being put in force: ${allocated} of ${count(
          bills,
          'bill',
        )} allocated. Until all are, the rules below and the numbers from before count; you can leave this page.`}
      </p>
      <progress
        className={styles.progress}
        aria-label="Bills allocated"
        max={Math.max(1, bills)}
        value={allocated}
      />
    </div>
  );
}

/** Who changed the rules when and why, newest first. */
export function ChangesPanel({ page }: { page: ReallocationPage }) {
  if (page.total === 0) return null;
  return (
    <Panel title="Changes" lead="Every set of rules there was, newest first.">
      <DataTable
        label="Changes of rules"
        columns={[
          {
            title: 'When',
            render: ({ createdAt }) => timeText(createdAt),
          },
          { title: 'Who', render: ({ createdBy }) => createdBy },
          {
            title: 'Why',
            render: ({ reason, error }) => error ?? reason ?? 'Not said',
          },
          { title: 'Allocated anew', render: periodText },
          {
            title: 'Differences',
            isFigure: true,
            render: ({ change }) => change?.changes,
          },
          {
            title: 'State',
            render: ({ state }) => <Mark {...stateWords[state]} />,
          },
        ]}
        rows={page.items}
        keyOf={({ id }) => id}
      />
    </Panel>
  );
}
