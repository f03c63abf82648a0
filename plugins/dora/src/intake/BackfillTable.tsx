import { useApi } from '@backstage/frontend-plugin-api';
import type { Backfill, SourceStatus } from '@waymark/plugin-dora-common';
import { Button } from '@backstage/ui';
import {
  RiCheckLine,
  RiErrorWarningLine,
  RiForbidLine,
  RiLoopRightLine,
  RiTimeLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import { useState, type ComponentProps } from 'react';
import { doraApiRef } from '../api/DoraApi';
import {
  DataTable,
  dateText,
  EntityName,
  Mark,
  timeText,
} from '@waymark/plugin-parts-react';
import { count } from '@waymark/plugin-dora-common';
import styles from './Intake.module.css';

const marks: Record<
  Backfill['state'],
  {
    tone: ComponentProps<typeof Mark>['tone'];
    Icon: RemixiconComponentType;
    text: string;
  }
> = {
  waiting: { tone: 'info', Icon: RiTimeLine, text: 'Waiting' },
  running: { tone: 'info', Icon: RiLoopRightLine, text: 'Running' },
  done: { tone: 'positive', Icon: RiCheckLine, text: 'Done' },
  failed: { tone: 'negative', Icon: RiErrorWarningLine, text: 'Failed' },
  cancelled: { tone: 'plain', Icon: RiForbidLine, text: 'Cancelled' },
};

/** Of the projects that could not be read. */
const shownProblems = 3;

/** What a backfill is of: its source, its part of the catalog, and from when on. */
function Subject(props: { backfill: Backfill; title: string }) {
  const { backfill, title } = props;
  return (
    <>
      {title}
      {' of '}
      {backfill.entityRef ? (
        <EntityName entityRef={backfill.entityRef} />
      ) : (
        'the whole catalog'
      )}
      {`, since ${dateText(backfill.since, 'UTC')}`}
    </>
  );
}

function State({ backfill }: { backfill: Backfill }) {
  const { state, waitsUntil, message, problems = [], projects } = backfill;
  const others = projects.failed - Math.min(problems.length, shownProblems);
  return (
    <div className={styles.lines}>
      <Mark {...marks[state]} />
      {waitsUntil && <span>{`Asks again ${timeText(waitsUntil)}`}</span>}
      {message && <span>{message}</span>}
      {problems.slice(0, shownProblems).map(problem => (
        <span key={problem.project}>
          <code>{problem.project}</code>
          {`: ${problem.message}`}
        </span>
      ))}
      {others > 0 && <span>{`and ${count(others, 'other project')}`}</span>}
    </div>
  );
}

function Progress({ backfill: { projects, current } }: { backfill: Backfill }) {
  const { done, total, facts } = projects;
  const told = `${done} of ${count(total, 'project')}, ${count(facts, 'fact')}`;
  return (
    <div className={styles.lines}>
      <progress
        max={total}
        value={done + projects.failed}
        aria-label={`${told} read`}
      />
      <span>{told}</span>
      {current && (
        <span>
          Now <code>{current.project}</code>
          {current.cursor && `, ${current.cursor.replace('/', ', page ')}`}
        </span>
      )}
    </div>
  );
}

function Change(props: {
  backfill: Backfill;
  subject: string;
  onChanged: () => void;
}) {
  const { backfill, subject, onChanged } = props;
  const dora = useApi(doraApiRef);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<Error>();
  if (backfill.state === 'done') return null;
  const isOpen = backfill.state === 'waiting' || backfill.state === 'running';
  const change = async () => {
    setPending(true);
    setError(undefined);
    try {
      if (isOpen) await dora.cancelBackfill(backfill.id);
      else await dora.resumeBackfill(backfill.id);
      onChanged();
    } catch (refusal) {
      setError(refusal as Error);
    } finally {
      setPending(false);
    }
  };
  const word = isOpen ? 'Cancel' : 'Resume';
  return (
    <>
      <Button
        size="small"
        variant="secondary"
        isPending={isPending}
        aria-label={`${word} ${subject}`}
        onPress={change}
      >
        {word}
      </Button>
      {error && (
        <span role="alert" className={styles.problem}>
          {error.message}
        </span>
      )}
    </>
  );
}

/** Backfills with how far they are. */
export function BackfillTable(props: {
  backfills: Backfill[];
  sources: SourceStatus[];
  onChanged: () => void;
}) {
  const { backfills, sources, onChanged } = props;
  const titleOf = ({ source }: Backfill) =>
    sources.find(({ id }) => id === source)?.title ?? source;
  return (
    <DataTable
      label="Backfills"
      rows={backfills}
      keyOf={({ id }) => id}
      columns={[
        {
          title: 'Backfill',
          render: backfill => (
            <Subject backfill={backfill} title={titleOf(backfill)} />
          ),
        },
        { title: 'State', render: backfill => <State backfill={backfill} /> },
        {
          title: 'Progress',
          render: backfill => <Progress backfill={backfill} />,
        },
        {
          title: 'Asked for',
          render: ({ requestedBy, requestedAt }) => (
            <div className={styles.lines}>
              {requestedBy.startsWith('user:') ? (
                <EntityName entityRef={requestedBy} />
              ) : (
                <span>{requestedBy}</span>
              )}
              <span>{timeText(requestedAt)}</span>
            </div>
          ),
        },
        {
          title: 'Change',
          render: backfill => (
            <Change
              backfill={backfill}
              subject={`backfill ${backfill.id} of ${titleOf(backfill)}`}
              onChanged={onChanged}
            />
          ),
        },
      ]}
    />
  );
}
