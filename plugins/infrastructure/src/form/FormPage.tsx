import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, Link } from '@backstage/ui';
import type {
  RequestDetail,
  Wish,
} from '@waymark/plugin-infrastructure-common';
import { timeText } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router-dom';
import { infrastructureApiRef } from '../api/InfrastructureApi';
import { Unavailable } from '../offerings/OfferingCard';
import { DetailHead, DetailPage } from '../parts/DetailPage';
import { Named } from '../parts/Named';
import { offeringRouteRef, requestRouteRef } from '../routes';
import { requestStates } from '../words/states';
import { RequestForm } from './RequestForm';
import { fieldsOf } from './schema';
import { useStart, type Start } from './start';
import { beginAgain, beginFrom, beginWith, filledIn } from './wishes';

function titleOf({ offering, resource, taking }: Start): string {
  if (resource) return `Update ${resource.name}`;
  return taking ? `Take over: ${offering.title}` : `Request: ${offering.title}`;
}

/** What the form begins with. */
function wishOf(start: Start, of: { kept?: Wish; params: URLSearchParams }) {
  const { again, offering, resource } = start;
  if (again) return beginAgain(again);
  if (resource) return filledIn(beginFrom(resource), of.params);
  const text = (key: string) => of.params.get(key) || undefined;
  return beginWith({
    defaults: fieldsOf(offering.form).defaults,
    environments: offering.environments,
    kept: of.kept,
    given: {
      component: text('component'),
      owner: text('owner'),
      environment: text('environment'),
    },
  });
}

/** Where what is filled in comes from, and why nothing came of it. */
function AskedBefore({ request }: { request: RequestDetail }) {
  const { id, state, changedAt, message } = request;
  const href = useRouteRef(requestRouteRef)?.({ id }) ?? '';
  const ended = requestStates[state].text.toLowerCase();
  return (
    <Alert
      status="info"
      icon
      role="status"
      title="Filled in as it was asked for before"
      description={
        <>
          {`That was ${ended} on ${timeText(changedAt)}. `}
          {message && <Named text={message} />}{' '}
          <Link href={href}>Back to that request</Link>.
        </>
      }
    />
  );
}

function Form({ start, params }: { start: Start; params: URLSearchParams }) {
  const { offering, draft, again } = start;
  const api = useApi(infrastructureApiRef);
  const [kept, setKept] = useState<Wish | undefined>(draft.wish);
  const [round, setRound] = useState(0);
  const startAfresh = () => {
    setKept(undefined);
    setRound(count => count + 1);
    // Should this fail, the next change of the form replaces the draft anyway.
    api.deleteDraft(offering.name).catch(() => undefined);
  };
  return (
    <>
      <DetailHead title={titleOf(start)} summary={offering.summary} />
      <Unavailable offering={offering} />
      {again && <AskedBefore request={again} />}
      {kept && (
        <Alert
          status="info"
          icon
          role="status"
          title="This is your draft"
          description={
            draft.savedAt
              ? `You left it on ${timeText(draft.savedAt)}.`
              : 'You began it earlier.'
          }
          customActions={
            <Button size="small" variant="secondary" onPress={startAfresh}>
              Start afresh
            </Button>
          }
        />
      )}
      <RequestForm
        key={round}
        offering={offering}
        begin={wishOf(start, { kept, params })}
        taking={start.taking}
      />
    </>
  );
}

/** Asks for something new of an offering, for a change of what there is, or again for what was asked for. */
export function FormPage() {
  const { name = '' } = useParams();
  const [params] = useSearchParams();
  const asked = useStart(name, params);
  const offeringHref = useRouteRef(offeringRouteRef)?.({ name }) ?? '';
  return (
    <DetailPage
      back={{ href: offeringHref, text: 'About this offering' }}
      of="The form"
      live={{
        value: asked.state === 'answered' ? asked.answer : undefined,
        error: asked.state === 'failed' ? new Error(asked.failure) : undefined,
        loading: asked.state === 'asking',
        refresh: asked.retry,
      }}
    >
      {start => <Form start={start} params={params} />}
    </DetailPage>
  );
}
