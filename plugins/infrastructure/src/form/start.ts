import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Draft,
  OfferingDetail,
  RequestDetail,
  ResourceDetail,
} from '@waymark/plugin-infrastructure-common';
import { useAnswer, type Asked } from '@waymark/plugin-parts-react';
import { useCallback } from 'react';
import {
  infrastructureApiRef,
  type InfrastructureApi,
} from '../api/InfrastructureApi';
import { takingOf, takingOfRequest, type Taking } from './wishes';

/** All that a form needs to begin. */
export type Start = {
  offering: OfferingDetail;
  draft: Draft;
  /** The resource to change; undefined for a new one. */
  resource?: ResourceDetail;
  /** What stands there already, where it is to be taken over. */
  taking?: Taking;
  /** The request of which nothing came, and that is asked for again. */
  again?: RequestDetail;
};

async function readAgain(
  api: InfrastructureApi,
  name: string,
  id: string,
  signal: AbortSignal,
): Promise<Start> {
  const [offering, again] = await Promise.all([
    api.getOffering(name, { signal }),
    api.getRequest(id, { signal }),
  ]);
  if (again.offering !== name) {
    throw new Error(`The request ${id} is for ${again.offering}, not ${name}`);
  }
  return {
    offering,
    again,
    draft: {},
    taking: takingOfRequest(again),
    resource:
      again.kind === 'update'
        ? await api.getResource(again.resourceId, { signal })
        : undefined,
  };
}

async function readStart(
  api: InfrastructureApi,
  name: string,
  params: URLSearchParams,
  signal: AbortSignal,
): Promise<Start> {
  const again = params.get('again');
  if (again) return readAgain(api, name, again, signal);
  const resourceId = params.get('resource');
  const taking = takingOf(params);
  const [offering, draft, resource] = await Promise.all([
    api.getOffering(name, { signal }),
    // What is there begins from how it is, not from what was left lying.
    resourceId || taking ? {} : api.getDraft(name, { signal }),
    resourceId ? api.getResource(resourceId, { signal }) : undefined,
  ]);
  return { offering, draft, resource, taking };
}

/** Asked once: what a form begins with does not change under the fingers. */
export function useStart(name: string, params: URLSearchParams): Asked<Start> {
  const api = useApi(infrastructureApiRef);
  const search = params.toString();
  const question = useCallback(
    (signal: AbortSignal) =>
      readStart(api, name, new URLSearchParams(search), signal),
    [api, name, search],
  );
  return useAnswer(question);
}
