import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Button,
  Container,
  Link,
  Skeleton,
  TextAreaField,
} from '@backstage/ui';
import {
  goldenPathsExceptionDecidePermission,
  type Exception,
  type ExceptionVerdict,
} from '@waymark/plugin-golden-paths-common';
import {
  dateText,
  DayField,
  dayIn,
  EntityName,
  Failure,
  Panel,
  timeText,
  useDeed,
} from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { fleetApiRef } from '../api/FleetApi';
import styles from '../parts/Parts.module.css';
import { StateMark } from '../parts/StateMark';
import { exceptionKinds, exceptionStates } from '../parts/states';
import { exceptionsRouteRef } from '../routes';
import { useException } from './questions';

/** What is let off, why, and what was decided. */
export function ExceptionPage() {
  const { id = '' } = useParams();
  const { value, error, refresh } = useException(id);
  const back = useRouteRef(exceptionsRouteRef)?.() ?? '';
  return (
    <Container>
      <div className={styles.page}>
        <Link href={back}>All exceptions</Link>
        {error && (
          <Failure
            title="The exception could not be read"
            error={error}
            onRetry={refresh}
          />
        )}
        {!value && !error && <Skeleton width="100%" height={160} />}
        {value && (
          <>
            <h2 className={styles.name}>
              {`${value.title}: exception from ${exceptionKinds[value.kind]}`}
            </h2>
            <Asked exception={value} onDone={refresh} />
            <Decision exception={value} onDone={refresh} />
          </>
        )}
      </div>
    </Container>
  );
}

type Shown = { exception: Exception; onDone: () => void };

function Asked({ exception, onDone }: Shown) {
  const { id, entityRef, reason, until, state, mayEnd } = exception;
  const api = useApi(fleetApiRef);
  const deed = useDeed();
  const end = () =>
    deed.run(async () => {
      await api.endException(id);
      onDone();
    });
  return (
    <Panel
      title="Why it is asked for"
      aside={<StateMark words={exceptionStates[state]} />}
    >
      <div className={styles.stack}>
        <p className={styles.quote}>{reason}</p>
        <p className={styles.summary}>
          <span>
            For <EntityName entityRef={entityRef} />
          </span>
          <span>{`Until ${dateText(until, 'UTC')}`}</span>
          {exception.owner && (
            <span>
              Owned by <EntityName entityRef={exception.owner} />
            </span>
          )}
          <span>
            Asked {timeText(exception.askedAt)} by{' '}
            <EntityName entityRef={exception.askedBy} />
          </span>
        </p>
        {deed.error && <Failure title="It did not end" error={deed.error} />}
        {mayEnd && (
          <div className={styles.actions}>
            <Button
              variant="secondary"
              onPress={end}
              isPending={deed.isPending}
            >
              {state === 'pending' ? 'Take it back' : 'End it now'}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

function Decision({ exception, onDone }: Shown) {
  const { state, until, comment, decidedBy, decidedAt } = exception;
  const { endedBy, endedAt } = exception;
  const { allowed } = usePermission({
    permission: goldenPathsExceptionDecidePermission,
  });
  return (
    <Panel title="Decision">
      {state === 'pending' && (
        <p className={styles.note}>
          A platform engineer who did not ask for it decides. Until then the
          component counts as any other.
        </p>
      )}
      {state === 'granted' && (
        <p className={styles.note}>
          {`It holds to the end of ${dateText(
            until,
            'UTC',
          )} in UTC. Its owner and who asked hear of it a week before; then the component counts again.`}
        </p>
      )}
      {decidedBy && decidedAt && (
        <p className={styles.note}>
          Decided by <EntityName entityRef={decidedBy} />, {timeText(decidedAt)}
        </p>
      )}
      {comment && <p className={styles.quote}>{comment}</p>}
      {endedBy && endedAt && (
        <p className={styles.note}>
          Ended by <EntityName entityRef={endedBy} />, {timeText(endedAt)}
        </p>
      )}
      {state === 'pending' && allowed && (
        <Decide exception={exception} onDone={onDone} />
      )}
    </Panel>
  );
}

function Decide({ exception, onDone }: Shown) {
  const api = useApi(fleetApiRef);
  const deed = useDeed();
  const [comment, setComment] = useState('');
  const [until, setUntil] = useState(exception.until);
  const decide = (verdict: ExceptionVerdict['verdict']) => () =>
    deed.run(async () => {
      await api.decideException(exception.id, {
        verdict,
        ...(comment.trim() && { comment: comment.trim() }),
        ...(verdict === 'grant' && until !== exception.until && { until }),
      });
      onDone();
    });
  return (
    <div className={styles.form}>
      <TextAreaField
        label="Comment"
        description="Who asked reads it, and auditors do."
        value={comment}
        onChange={setComment}
        maxLength={2000}
      />
      <DayField
        label="Until"
        hint="The day that was asked for, or a sooner one."
        value={until}
        min={dayIn(0)}
        max={exception.until}
        onChange={setUntil}
      />
      {deed.error && <Failure title="It was not decided" error={deed.error} />}
      <div className={styles.actions}>
        <Button
          variant="primary"
          onPress={decide('grant')}
          isPending={deed.isPending}
        >
          Grant it
        </Button>
        <Button
          variant="secondary"
          onPress={decide('refuse')}
          isPending={deed.isPending}
        >
          Refuse it
        </Button>
      </div>
    </div>
  );
}
