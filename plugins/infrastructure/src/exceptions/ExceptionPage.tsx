import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, Link, TextAreaField } from '@backstage/ui';
import type {
  Exception,
  ExceptionVerdict,
} from '@waymark/plugin-infrastructure-common';
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
import { guardrailsApiRef } from '../api/GuardrailsApi';
import { useKey } from '../api/useKey';
import { RuleList } from '../decision/RuleList';
import { useException } from '../live/guardrails';
import { DetailHead, DetailPage } from '../parts/DetailPage';
import { Fact, Facts } from '../parts/Facts';
import { StateMark } from '../parts/StateMark';
import {
  exceptionsRouteRef,
  requestRouteRef,
  resourceRouteRef,
} from '../routes';
import { exceptionStates } from '../words/guardrails';
import { Deciders } from './Deciders';
import styles from './Exceptions.module.css';

function Decide(props: { exception: Exception; onDone: () => void }) {
  const { exception, onDone } = props;
  const api = useApi(guardrailsApiRef);
  const keyOf = useKey();
  const deed = useDeed();
  const [comment, setComment] = useState('');
  const [until, setUntil] = useState(exception.until);
  const decide = (verdict: ExceptionVerdict['verdict']) =>
    deed.run(async () => {
      const said: ExceptionVerdict = {
        verdict,
        comment: comment.trim() || undefined,
        ...(verdict === 'grant' && until !== exception.until && { until }),
      };
      await api.decideException(
        exception.id,
        said,
        keyOf([exception.id, said]),
      );
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
      <div className={styles.buttons}>
        <Button
          variant="primary"
          isPending={deed.isPending}
          onPress={() => decide('grant')}
        >
          Grant it
        </Button>
        <Button
          variant="secondary"
          destructive
          isPending={deed.isPending}
          onPress={() => decide('refuse')}
        >
          Refuse it
        </Button>
      </div>
    </div>
  );
}

function Decision(props: { exception: Exception; onDone: () => void }) {
  const { exception, onDone } = props;
  const { state, until, may, deciders, note } = exception;
  return (
    <Panel title="Decision">
      <StateMark words={exceptionStates[state]} />
      {state === 'pending' && (
        <>
          <p className={styles.note}>
            It waits for the platform team. Until then the rule holds.
          </p>
          <Deciders people={deciders} note={note} />
        </>
      )}
      {state === 'granted' && (
        <p className={styles.note}>
          {`It holds until the end of ${dateText(
            until,
            'UTC',
          )} in UTC. Owner and asker hear of it a week before.`}
        </p>
      )}
      {exception.decidedBy && exception.decidedAt && (
        <p className={styles.note}>
          {'Decided by '}
          <EntityName entityRef={exception.decidedBy} />
          {`, ${timeText(exception.decidedAt)}`}
        </p>
      )}
      {exception.comment && <p className={styles.quote}>{exception.comment}</p>}
      {exception.endedBy && exception.endedAt && (
        <p className={styles.note}>
          {'Ended by '}
          <EntityName entityRef={exception.endedBy} />
          {`, ${timeText(exception.endedAt)}`}
        </p>
      )}
      {may.decide && <Decide exception={exception} onDone={onDone} />}
      {may.decideReason && <p className={styles.note}>{may.decideReason}</p>}
    </Panel>
  );
}

function End(props: { exception: Exception; onDone: () => void }) {
  const { exception, onDone } = props;
  const api = useApi(guardrailsApiRef);
  const keyOf = useKey();
  const deed = useDeed();
  if (!exception.may.end) return null;
  const end = () =>
    deed.run(async () => {
      await api.endException(
        exception.id,
        keyOf(['end', exception.id, exception.state]),
      );
      onDone();
    });
  return (
    <>
      {deed.error && (
        <Failure title="It could not be ended" error={deed.error} />
      )}
      <Button variant="secondary" isPending={deed.isPending} onPress={end}>
        {exception.state === 'pending' ? 'Take it back' : 'End it now'}
      </Button>
    </>
  );
}

function About({ exception }: { exception: Exception }) {
  const { request, resource } = exception;
  const requestHref = useRouteRef(requestRouteRef);
  const resourceHref = useRouteRef(resourceRouteRef);
  return (
    <Panel title="What it is for">
      <Facts>
        <Fact title="Name">{exception.name}</Fact>
        <Fact title="Offering">{exception.offering}</Fact>
        <Fact title="Environment">{exception.environment}</Fact>
        <Fact title="Owner">
          <EntityName entityRef={exception.owner} />
        </Fact>
        <Fact title="Holds for">
          {exception.scope === 'resource'
            ? 'this resource alone'
            : 'what is asked for by this name'}
        </Fact>
        {request && (
          <Fact title="Asked for on">
            <Link href={requestHref?.({ id: request }) ?? ''}>the request</Link>
          </Fact>
        )}
        {resource && (
          <Fact title="Asked for on">
            <Link href={resourceHref?.({ id: resource }) ?? ''}>
              the resource
            </Link>
          </Fact>
        )}
        <Fact title="Until">{dateText(exception.until, 'UTC')}</Fact>
        <Fact title="Asked by">
          <EntityName entityRef={exception.askedBy} />
        </Fact>
        <Fact title="Asked">{timeText(exception.askedAt)}</Fact>
      </Facts>
    </Panel>
  );
}

/** An exception: what it is for, why, and who decided. */
export function ExceptionPage() {
  const { id = '' } = useParams();
  const live = useException(id);
  const listHref = useRouteRef(exceptionsRouteRef)?.() ?? '';
  return (
    <DetailPage
      back={{ href: listHref, text: 'All exceptions' }}
      of="The exception"
      live={live}
    >
      {exception => (
        <>
          <DetailHead
            title={`Exception ${exception.number} from ${exception.rule}`}
            summary={`${exception.name} in ${exception.environment}`}
            actions={<End exception={exception} onDone={live.refresh} />}
          />
          <div className={styles.columns}>
            <div className={styles.column}>
              <Decision exception={exception} onDone={live.refresh} />
              <Panel title="Why it is asked for">
                <p className={styles.quote}>{exception.reason}</p>
              </Panel>
              {exception.finding && (
                <Panel
                  title="What the rule says"
                  lead="As it was when the exception was asked for."
                >
                  <RuleList rules={[exception.finding]} />
                </Panel>
              )}
            </div>
            <div className={styles.column}>
              <About exception={exception} />
            </div>
          </div>
        </>
      )}
    </DetailPage>
  );
}
