import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Alert, Link } from '@backstage/ui';
import type { ResourceDetail } from '@waymark/plugin-infrastructure-common';
import { EntityName, Panel, timeText } from '@waymark/plugin-parts-react';
import { useParams } from 'react-router-dom';
import { CostPanel } from '../bill/CostPanel';
import { SizeHints } from '../decision/SizeHints';
import { useResource } from '../live/questions';
import { Columns } from '../parts/Columns';
import { DetailHead, DetailPage } from '../parts/DetailPage';
import { Fact, Facts } from '../parts/Facts';
import { ParameterFacts } from '../parts/ParameterFacts';
import { StateMark } from '../parts/StateMark';
import { RequestTable } from '../requests/RequestTable';
import {
  offeringRouteRef,
  requestRouteRef,
  resourcesRouteRef,
} from '../routes';
import { resourceStates } from '../words/states';
import { Actions } from './Actions';
import { DependentsPanel } from './Dependents';
import { DriftPanel } from './DriftPanel';
import { Outputs } from './Outputs';
import { PolicyPanel } from './PolicyPanel';
import { Tags } from './Tags';

/** States in which something is under way, or wrong, that a request tells more of. */
const telling = new Set<ResourceDetail['state']>([
  'requested',
  'provisioning',
  'changing',
  'destroying',
  'failed',
  'interrupted',
]);

/** States in which there is nothing that anything could depend on. */
const over = new Set<ResourceDetail['state']>(['destroyed', 'withdrawn']);

function Underway({ resource }: { resource: ResourceDetail }) {
  const hrefOf = useRouteRef(requestRouteRef);
  const [latest] = resource.requests;
  if (!latest || !telling.has(resource.state)) return null;
  const isWrong =
    resource.state === 'failed' || resource.state === 'interrupted';
  return (
    <Alert
      status={isWrong ? 'danger' : 'info'}
      icon
      role="status"
      title={resourceStates[resource.state].text}
      description={
        <>
          {isWrong
            ? 'Look what is there before you go on. What went wrong stands on '
            : 'How far it is stands on '}
          <Link href={hrefOf?.({ id: latest.id }) ?? ''}>its request</Link>.
        </>
      }
    />
  );
}

function Whose({ resource }: { resource: ResourceDetail }) {
  const { entityRef, state, component, dataClass, expiresAt } = resource;
  const offeringHref = useRouteRef(offeringRouteRef)?.({
    name: resource.offering,
  });
  return (
    <Panel title="At a glance">
      <Facts>
        <Fact title="State">
          <StateMark words={resourceStates[state]} />
        </Fact>
        <Fact title="Offering">
          <Link href={offeringHref ?? ''}>{resource.offeringTitle}</Link>
        </Fact>
        <Fact title="Environment">{resource.environment}</Fact>
        <Fact title="Owner">
          <EntityName entityRef={resource.owner} />
        </Fact>
        {component && (
          <Fact title="Component">
            <EntityName entityRef={component} />
          </Fact>
        )}
        <Fact title="In the catalog">
          <EntityName entityRef={entityRef} />
        </Fact>
        {dataClass && <Fact title="Data class">{dataClass}</Fact>}
        <Fact title="Since">{timeText(resource.createdAt)}</Fact>
        {expiresAt && <Fact title="Ends">{timeText(expiresAt)}</Fact>}
      </Facts>
    </Panel>
  );
}

function Detail(props: { resource: ResourceDetail; refresh: () => void }) {
  const { resource, refresh } = props;
  const { hints, parameters, requests, shortfall, state, tags } = resource;
  return (
    <>
      <DetailHead
        title={resource.name}
        summary={`${resource.offeringTitle} in ${resource.environment}`}
        actions={<Actions resource={resource} />}
      />
      <Underway resource={resource} />
      {shortfall && state === 'ready' && (
        <Alert
          status="warning"
          icon
          role="status"
          title="It is there only in part"
          description={shortfall}
        />
      )}
      <Columns
        before={
          <>
            <DriftPanel resource={resource} />
            <Outputs resource={resource} onRevealed={refresh} />
            <Panel title="Configuration">
              <Facts>
                <ParameterFacts parameters={parameters} />
              </Facts>
            </Panel>
          </>
        }
        beside={
          <>
            <Whose resource={resource} />
            {!over.has(state) && (
              <DependentsPanel entityRef={resource.entityRef} />
            )}
            <Tags tags={tags} />
          </>
        }
        after={
          <>
            <PolicyPanel resource={resource} />
            <CostPanel resource={resource} />
            {hints && (
              <Panel title="What the team usually runs">
                <SizeHints hints={hints} />
              </Panel>
            )}
            <Panel
              title="History"
              lead="Every request that made, changed or was to change it."
            >
              <RequestTable rows={requests} isBrief />
            </Panel>
          </>
        }
      />
    </>
  );
}

/** A resource: what it gives, how it is, what it costs, and how it came to be so. */
export function ResourceView(props: {
  id: string;
  /** The way back, where there is one. */
  back?: { href: string; text: string };
}) {
  const live = useResource(props.id);
  return (
    <DetailPage back={props.back} of="The resource" live={live}>
      {resource => <Detail resource={resource} refresh={live.refresh} />}
    </DetailPage>
  );
}

/** The page of a resource. */
export function ResourcePage() {
  const { id = '' } = useParams();
  const listHref = useRouteRef(resourcesRouteRef)?.() ?? '';
  return (
    <ResourceView id={id} back={{ href: listHref, text: 'All resources' }} />
  );
}
