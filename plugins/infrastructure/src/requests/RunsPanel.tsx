import {
  RiCheckLine,
  RiCloseCircleLine,
  RiForbidLine,
  RiLoader4Line,
  RiTimeLine,
} from '@remixicon/react';
import type {
  RequestDetail,
  Run,
  Step,
} from '@waymark/plugin-infrastructure-common';
import {
  duration,
  Failure,
  Mark,
  Panel,
  timeText,
} from '@waymark/plugin-parts-react';
import { useEffect, useRef } from 'react';
import { useLog } from './useLog';
import styles from './Request.module.css';

const states = {
  waiting: { text: 'Waits', tone: 'plain', Icon: RiTimeLine },
  running: { text: 'Running', tone: 'info', Icon: RiLoader4Line },
  done: { text: 'Done', tone: 'positive', Icon: RiCheckLine },
  failed: { text: 'Failed', tone: 'negative', Icon: RiCloseCircleLine },
  interrupted: {
    text: 'Interrupted',
    tone: 'negative',
    Icon: RiCloseCircleLine,
  },
  cancelled: { text: 'Cancelled', tone: 'plain', Icon: RiForbidLine },
} as const;

// What scrolls has to be reached by key as well.
const scrollable = { tabIndex: 0 };

const kinds: Record<Run['kind'], string> = { plan: 'Plan', apply: 'Apply' };

/** How long it took, or how long it usually takes while it has not ended. */
function times({ startedAt, endedAt, usualSeconds }: Step): string {
  if (startedAt && endedAt) {
    const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
    return seconds < 1 ? 'took less than 1 s' : `took ${duration(seconds)}`;
  }
  return usualSeconds === undefined
    ? ''
    : `usually takes ${duration(usualSeconds)}`;
}

/** @param said - what stands on the page already */
function RunItem({ run, said }: { run: Run; said: string | undefined }) {
  return (
    <li>
      <strong>{kinds[run.kind]}</strong> <Mark {...states[run.state]} />{' '}
      {run.startedAt && (
        <span className={styles.time}>{timeText(run.startedAt)}</span>
      )}
      {run.error && run.error !== said && (
        <p className={styles.quote}>{run.error}</p>
      )}
      {run.steps.length > 0 && (
        <ol className={styles.steps}>
          {run.steps.map((step, index) => (
            <li key={`${index}:${step.title}`} className={styles.step}>
              <Mark {...states[step.state]} />
              <span>{step.title}</span>
              <span className={styles.time}>{times(step)}</span>
            </li>
          ))}
        </ol>
      )}
    </li>
  );
}

function LogView({ request }: { request: RequestDetail }) {
  const { lines, more, error } = useLog(request.id, request.changedAt);
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  // Whoever reads further up is not torn away from there.
  useEffect(() => {
    if (isAtEnd.current && box.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [lines]);
  return (
    <>
      {error && <Failure title="The log could not be read" error={error} />}
      {lines.length === 0 ? (
        <p className={styles.none}>
          {more ? 'Nothing is written yet.' : 'Nothing was written.'}
        </p>
      ) : (
        <div
          ref={box}
          role="log"
          aria-label="Log"
          {...scrollable}
          className={styles.log}
          onScroll={({ currentTarget: view }) => {
            isAtEnd.current =
              view.scrollHeight - view.scrollTop - view.clientHeight < 24;
          }}
        >
          {lines.map(({ number, text }) => (
            <div key={number}>{text}</div>
          ))}
        </div>
      )}
    </>
  );
}

/** Each attempt with its steps, and what they write as they write it. */
export function RunsPanel({ request }: { request: RequestDetail }) {
  const { runs } = request;
  return (
    <Panel
      title="Runs"
      lead="Each attempt, step by step. Secrets are left out of the log."
    >
      {runs.length === 0 ? (
        <p className={styles.none}>Nothing has run yet.</p>
      ) : (
        <>
          <ol className={styles.list}>
            {runs.map(run => (
              <RunItem key={run.id} run={run} said={request.message} />
            ))}
          </ol>
          <h3 className={styles.sub}>Log</h3>
          <LogView request={request} />
        </>
      )}
    </Panel>
  );
}
