import { Button } from '@backstage/ui';
import {
  RiCheckboxCircleLine,
  RiErrorWarningLine,
  RiLoader4Line,
} from '@remixicon/react';
import type {
  NameCheck,
  NameProblem,
} from '@waymark/plugin-golden-paths-common';
import type { Asked } from '@waymark/plugin-parts-react';
import type { ReactNode } from 'react';
import styles from './ServiceName.module.css';

function Line(props: {
  tone: 'good' | 'bad' | 'neutral';
  icon: ReactNode;
  children: ReactNode;
}) {
  return (
    <p className={styles.line} data-tone={props.tone}>
      {props.icon}
      <span>{props.children}</span>
    </p>
  );
}

function Problem({ problem }: { problem: NameProblem }) {
  return (
    <Line tone="bad" icon={<RiErrorWarningLine size={16} aria-hidden />}>
      {problem.message}
    </Line>
  );
}

/** What is known about a name; read out as it changes. */
export function NameStatus(props: {
  id: string;
  asked: Asked<NameCheck>;
  isCurrent: boolean;
  /** What the form shows of its own; it is not said twice. */
  alreadySaid: string[];
}) {
  const { id, asked, isCurrent, alreadySaid } = props;
  return (
    <div id={id} role="status" className={styles.status}>
      {asked.state !== 'idle' && !isCurrent && (
        <Line
          tone="neutral"
          icon={<RiLoader4Line size={16} className={styles.spin} aria-hidden />}
        >
          Checking whether it is free…
        </Line>
      )}
      {isCurrent && asked.answer?.available && (
        <Line tone="good" icon={<RiCheckboxCircleLine size={16} aria-hidden />}>
          {asked.answer.name} is available.
        </Line>
      )}
      {isCurrent &&
        asked.answer?.problems
          .filter(problem => !alreadySaid.includes(problem.message))
          .map(problem => <Problem key={problem.message} problem={problem} />)}
      {isCurrent && asked.state === 'failed' && (
        <>
          <Line tone="bad" icon={<RiErrorWarningLine size={16} aria-hidden />}>
            It could not be checked: {asked.failure}
          </Line>
          <Button size="small" variant="secondary" onPress={asked.retry}>
            Check again
          </Button>
        </>
      )}
    </div>
  );
}
