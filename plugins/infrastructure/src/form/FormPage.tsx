import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import type {
  Draft,
  OfferingDetail,
  ResourceDetail,
  Wish,
} from '@waymark/plugin-infrastructure-common';
import { timeText, useAnswer, type Asked } from '@waymark/plugin-parts-react';
import { useCallback, useState } from 'react';
import { useParams, useSearchParams } from 'react-router-dom';
import {
  infrastructureApiRef,
  type InfrastructureApi,
} from '../api/InfrastructureApi';
import { DetailHead, DetailPage } from '../parts/DetailPage';
import { offeringRouteRef } from '../routes';
import { RequestForm } from './RequestForm';
import { fieldsOf } from './schema';
import {
  beginFrom,
  beginWith,
  filledIn,
  takingOf,
  type Taking,
} from './wishes';

/** All that a form needs to begin. */
type Start = {
  offering: OfferingDetail;
  draft: Draft;
  /** The resource to change; undefined for a new one. */
  resource?: ResourceDetail;
};

async function readStart(
  api: InfrastructureApi,
  name: string,
  of: { resourceId?: string; keepsDraft: boolean },
  signal: AbortSignal,
): Promise<Start> {
  const [offering, draft, resource] = await Promise.all([
    api.getOffering(name, { signal }),
    // What is there begins from how it is, not from what was left lying.
    of.keepsDraft ? api.getDraft(name, { signal }) : {},
    of.resourceId ? api.getResource(of.resourceId, { signal }) : undefined,
  ]);
  return { offering, draft, resource };
}

/** Asked once: what a form begins with does not change under the fingers. */
function useStart(
  name: string,
  of: { resourceId?: string; keepsDraft: boolean },
): Asked<Start> {
  const { resourceId, keepsDraft } = of;
  const api = useApi(infrastructureApiRef);
  const question = useCallback(
    (signal: AbortSignal) =>
      readStart(api, name, { resourceId, keepsDraft }, signal),
    [api, name, resourceId, keepsDraft],
  );
  return useAnswer(question);
}

function titleOf(
  { title }: OfferingDetail,
  of: { resource?: ResourceDetail; taking?: Taking },
): string {
  if (of.resource) return `Update ${of.resource.name}`;
  return of.taking ? `Take over: ${title}` : `Request: ${title}`;
}

function Form(props: {
  start: Start;
  given: Parameters<typeof beginWith>[0]['given'];
  params: URLSearchParams;
  taking?: Taking;
}) {
  const { offering, draft, resource } = props.start;
  const api = useApi(infrastructureApiRef);
  const [kept, setKept] = useState<Wish | undefined>(draft.wish);
  const [round, setRound] = useState(0);
  const begin = resource
    ? filledIn(beginFrom(resource), props.params)
    : beginWith({
        defaults: fieldsOf(offering.form).defaults,
        environments: offering.environments,
        kept,
        given: props.given,
      });
  const startAfresh = () => {
    setKept(undefined);
    setRound(count => count + 1);
    // Should this fail, the next change of the form replaces the draft anyway.
    api.deleteDraft(offering.name).catch(() => undefined);
  };
  return (
    <>
      <DetailHead
        title={titleOf(offering, { resource, taking: props.taking })}
        summary={offering.summary}
      />
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
        begin={begin}
        taking={props.taking}
      />
    </>
  );
}

/** Asks for something new of an offering, or for a change of what there is. */
export function FormPage() {
  const { name = '' } = useParams();
  const [params] = useSearchParams();
  const text = (key: string) => params.get(key) || undefined;
  const resourceId = text('resource');
  const taking = takingOf(params);
  const asked = useStart(name, {
    resourceId,
    keepsDraft: !resourceId && !taking,
  });
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
      {start => (
        <Form
          start={start}
          params={params}
          taking={taking}
          given={{
            component: text('component'),
            owner: text('owner'),
            environment: text('environment'),
          }}
        />
      )}
    </DetailPage>
  );
}
