import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import type { NewRequest } from '@waymark/plugin-infrastructure-common';
import { useNavigate } from 'react-router-dom';
import { useDeed, type Deed } from '@waymark/plugin-parts-react';
import { infrastructureApiRef } from '../api/InfrastructureApi';
import { useKey } from '../api/useKey';
import { requestRouteRef } from '../routes';

/** Asks for a change of a resource, and goes to the request that came of it. */
export function useAsk(): Omit<Deed, 'run'> & {
  ask: (request: NewRequest) => Promise<void>;
} {
  const api = useApi(infrastructureApiRef);
  const navigate = useNavigate();
  const requestHref = useRouteRef(requestRouteRef);
  const keyOf = useKey();
  const { run, ...deed } = useDeed();
  const ask = (request: NewRequest) =>
    run(async () => {
      const { id } = await api.createRequest(request, keyOf(request));
      navigate(requestHref?.({ id }) ?? '');
    });
  return { ...deed, ask };
}
