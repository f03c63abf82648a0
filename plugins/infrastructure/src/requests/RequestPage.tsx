import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink, Link } from '@backstage/ui';
import {
  isSettled,
  requestLifecycle,
  type RequestDetail,
} from '@waymark/plugin-infrastructure-common';
import {
  EntityName,
  Failure,
  Panel,
  timeText,
  useDeed,
} from '@waymark/plugin-parts-react';
import { useEffect } from 'react';
import { useParams } from 'react-router-dom';
import { infrastructureApiRef, type Once } from '../api/InfrastructureApi';
import { useKey } from '../api/useKey';
import { useRequest } from '../live/questions';
import { Columns } from '../parts/Columns';
import { DetailHead, DetailPage } from '../parts/DetailPage';
import { Fact, Facts } from '../parts/Facts';
import { ParameterFacts } from '../parts/ParameterFacts';
import { Who } from '../parts/Who';
import { formRouteRef, requestsRouteRef, resourceRouteRef } from '../routes';
import { kindWords } from '../words/states';
import { ApprovalsPanel } from './ApprovalsPanel';
import { BlastRadius, DecisionPanel } from './DecisionPanel';
import { HistoryPanel } from './HistoryPanel';
import { NextPanel } from './NextPanel';
import { PlanPanel } from './PlanPanel';
import { ReplayPanel } from './ReplayPanel';
import { RunsPanel } from './RunsPanel';

/** How often is asked how it goes, should no signal come through. */
const askEveryMs = 3000;

function Actions(props: { request: RequestDetail; onDone: () => void }) {
  const { request, onDone } = props;
  const { id, may, resourceId, state, changedAt } = request;
  const api = useApi(infrastructureApiRef);
  const keyOf = useKey();
  const deed = useDeed();
  const resourceHref = useRouteRef(resourceRouteRef)?.({ id: resourceId });
  const formHref = useRouteRef(formRouteRef)?.({ name: request.offering });
  const act = (name: string, work: (once: Once) => Promise<RequestDetail>) =>
    deed.run(async () => {
      await work(keyOf([name, id, changedAt]));
      onDone();
    });
  return (
    <>
      {deed.error && (
        <Failure title="That could not be done" error={deed.error} />
      )}
      {may.cancel && (
        <Button
          variant="secondary"
          isPending={deed.isPending}
          onPress={() => act('cancel', once => api.cancel(id, once))}
        >
          Cancel the request
        </Button>
      )}
      {may.retry && (
        <Button
          variant="primary"
          isPending={deed.isPending}
          onPress={() => act('retry', once => api.retry(id, once))}
        >
          Plan it anew
        </Button>
      )}
      {may.askAgain && formHref && (
        <ButtonLink variant="primary" href={`${formHref}?again=${id}`}>
          Ask again
        </ButtonLink>
      )}
      {state === 'done' && resourceHref && (
        <ButtonLink variant="primary" href={resourceHref}>
          Open the resource
        </ButtonLink>
      )}
    </>
  );
}

function Asked({ request }: { request: RequestDetail }) {
  const resourceHref = useRouteRef(resourceRouteRef)?.({
    id: request.resourceId,
  });
  return (
    <Panel title="What was asked for">
      <Facts>
        <Fact title="Resource">
          <Link href={resourceHref ?? ''}>{request.resourceName}</Link>
        </Fact>
        <Fact title="Offering">
          {`${request.offering} ${request.offeringVersion}`}
        </Fact>
        <Fact title="Environment">{request.environment}</Fact>
        <Fact title="Owner">
          <EntityName entityRef={request.owner} />
        </Fact>
        {request.newOwner && (
          <Fact title="New owner">
            <EntityName entityRef={request.newOwner} />
          </Fact>
        )}
        {request.component && (
          <Fact title="Component">
            <EntityName entityRef={request.component} />
          </Fact>
        )}
        {request.dataClass && (
          <Fact title="Data class">{request.dataClass}</Fact>
        )}
        {request.timeToLiveDays !== undefined && (
          <Fact title="Days to live">{request.timeToLiveDays}</Fact>
        )}
        <ParameterFacts parameters={request.parameters} />
        {request.reason && <Fact title="Reason">{request.reason}</Fact>}
      </Facts>
    </Panel>
  );
}

/** Whether it ended before there was a plan: what follows from one will never be. */
function neverPlanned({ state, plan }: RequestDetail): boolean {
  return !plan && !requestLifecycle.some(({ from }) => from === state);
}

/**
 * All about a request. Read from top to bottom it is what somebody needs in
 * order to approve it: the plan, who would feel it, policy and cost, and only
 * then the approval. Where there is room, policy and cost stand beside that.
 */
function Panels(props: { request: RequestDetail; refresh: () => void }) {
  const { request, refresh } = props;
  const { decision, kind, plan } = request;
  const isBare = neverPlanned(request);
  return (
    <Columns
      before={
        isBare ? (
          <DecisionPanel request={request} />
        ) : (
          <>
            <PlanPanel plan={plan} />
            {decision && (
              <BlastRadius
                affected={decision.affected}
                reach={decision.reach}
                kind={kind}
              />
            )}
          </>
        )
      }
      beside={
        <>
          {!isBare && <DecisionPanel request={request} />}
          <Asked request={request} />
          <ReplayPanel request={request} />
        </>
      }
      after={
        <>
          {!isBare && <ApprovalsPanel request={request} onDecided={refresh} />}
          {(!isBare || request.runs.length > 0) && (
            <RunsPanel request={request} />
          )}
          <HistoryPanel request={request} onCommented={refresh} />
        </>
      }
    />
  );
}

function Detail(props: { request: RequestDetail; refresh: () => void }) {
  const { request, refresh } = props;
  const isMoving = !isSettled(request.state);
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(refresh, askEveryMs);
    return () => clearInterval(timer);
  }, [isMoving, refresh]);

  return (
    <>
      <DetailHead
        title={`${kindWords[request.kind]} ${request.resourceName}`}
        summary={
          <>
            {`In ${request.environment}, asked for by `}
            <Who by={request.requestedBy} />
            {` ${timeText(request.createdAt)}`}
          </>
        }
        actions={<Actions request={request} onDone={refresh} />}
      />
      <NextPanel request={request} />
      <Panels request={request} refresh={refresh} />
    </>
  );
}

/** A request: what happens next, what would be done, why, and all that happened. */
export function RequestPage() {
  const { id = '' } = useParams();
  const live = useRequest(id);
  const listHref = useRouteRef(requestsRouteRef)?.() ?? '';
  return (
    <DetailPage
      back={{ href: listHref, text: 'All requests' }}
      of="The request"
      live={live}
    >
      {request => <Detail request={request} refresh={live.refresh} />}
    </DetailPage>
  );
}
