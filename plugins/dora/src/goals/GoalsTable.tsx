import {
  goalText,
  valueText,
  type Goal,
  type GoalStatus,
} from '@waymark/plugin-dora-common';
import { Link } from '@backstage/ui';
import { useGoals } from '../live/questions';
import {
  DataTable,
  dateText,
  Failure,
  Mark,
  Pages,
  Panel,
} from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { statusWords } from './words';
import styles from './Goals.module.css';

const limit = 20;

const valueOf = (goal: Goal, at: 'start' | 'now') => {
  const { value } = goal.progress[at];
  return value === null ? '–' : valueText(goal.unit, value);
};

function tally(goals: Goal[]): string {
  const order = Object.keys(statusWords) as GoalStatus[];
  return order
    .map(status => ({
      status,
      n: goals.filter(({ progress }) => progress.status === status).length,
    }))
    .filter(({ n }) => n > 0)
    .map(({ status, n }) => `${n} ${statusWords[status].text.toLowerCase()}`)
    .join(', ');
}

/** The goals of the groups of the organisation, or below a group; nothing while there are none. */
export function GoalsTable(props: {
  /** The group whose goals are shown apart from here. */
  above?: string;
  scopeHref: (entityRef: string) => string;
}) {
  const { above, scopeHref } = props;
  const [offset, setOffset] = useState(0);
  const { value, error, loading, refresh } = useGoals(
    above
      ? { entityRef: above, below: true, limit, offset }
      : { limit, offset },
  );
  if (error) {
    return (
      <Failure
        title="The goals could not be read"
        error={error}
        onRetry={refresh}
      />
    );
  }
  const goals = (value?.items ?? []).filter(
    ({ entityRef }) => entityRef !== above,
  );
  if (!value || goals.length === 0) return null;
  return (
    <Panel
      title={above ? 'Goals of the groups below' : 'Goals'}
      lead={`What groups want their numbers to be, and where they stand: ${tally(
        goals,
      )}.`}
      isBusy={loading}
    >
      <DataTable
        label="Goals"
        rows={goals}
        keyOf={({ id }) => id}
        columns={[
          {
            title: 'Who',
            render: goal => (
              <Link href={scopeHref(goal.entityRef)}>{goal.title}</Link>
            ),
          },
          { title: 'Goal', render: goalText },
          {
            title: 'Start',
            render: goal => valueOf(goal, 'start'),
            isFigure: true,
          },
          {
            title: 'Now',
            render: goal => (
              <strong className={styles.now}>{valueOf(goal, 'now')}</strong>
            ),
            isFigure: true,
          },
          {
            title: 'Status',
            render: ({ progress }) => (
              <Mark {...statusWords[progress.status]} title={progress.note} />
            ),
          },
          {
            title: 'Due',
            render: ({ due }) => (due ? dateText(due, 'UTC') : '–'),
          },
        ]}
      />
      <Pages
        of="goals"
        offset={offset}
        limit={limit}
        total={value.total}
        onGo={setOffset}
      />
    </Panel>
  );
}
