import { Box } from '@backstage/ui';
import type { RequestDetail } from '@waymark/plugin-infrastructure-common';
import { duration, timeText } from '@waymark/plugin-parts-react';
import { Named } from '../parts/Named';
import { People } from '../parts/People';
import { requestStates } from '../words/states';
import { stagesOf, type Stage } from './stages';
import { StateMark } from '../parts/StateMark';
import styles from './Request.module.css';

const spoken: Record<Stage['state'], string> = {
  done: 'done',
  current: 'now',
  ended: 'ended here',
  ahead: 'still ahead',
};

function Stages({ request }: { request: RequestDetail }) {
  return (
    <ol className={styles.stages} aria-label="The way of this request">
      {stagesOf(request).map(({ title, state }) => (
        <li
          key={title}
          className={styles.stage}
          data-state={state}
          aria-current={state === 'current' ? 'step' : undefined}
        >
          {title}
          <span className={styles.hidden}>, {spoken[state]}</span>
        </li>
      ))}
    </ol>
  );
}

/** What happens next: who must act, what runs, and how long it usually takes. */
export function NextPanel({ request }: { request: RequestDetail }) {
  const { state, next, message, expiresAt } = request;
  const { waitsFor = [], usualSeconds } = next;
  return (
    <Box
      as="section"
      bg="neutral"
      className={styles.next}
      aria-label="What happens next"
    >
      <Stages request={request} />
      <div role="status">
        <StateMark words={requestStates[state]} />
        <h3>{next.text}</h3>
        {waitsFor.length > 0 && (
          <p>
            It waits for <People refs={waitsFor} />
            {expiresAt && `, until ${timeText(expiresAt)}`}.
          </p>
        )}
        {usualSeconds !== undefined && (
          <p>{`This usually takes ${duration(usualSeconds)}.`}</p>
        )}
        {message && (
          <p>
            <Named text={message} />
          </p>
        )}
      </div>
    </Box>
  );
}
