import { useApi } from '@backstage/frontend-plugin-api';
import { useLive, type Live } from '@waymark/plugin-parts-react';
import { useCallback } from 'react';
import {
  infrastructureApiRef,
  type Asking,
  type InfrastructureApi,
} from '../api/InfrastructureApi';

/** The channel on which the portal says that a request or its resource changed. */
export const changedChannel = 'infrastructure:changed';

/**
 * The answer to a question, following what happens.
 *
 * @param ask - puts the question; a function of a module, not of a render
 * @param query - what the question is about; compared by what it says
 */
export function useInfrastructure<Q, T>(
  ask: (api: InfrastructureApi, query: Q, asking: Asking) => Promise<T>,
  query: Q,
): Live<T> {
  const api = useApi(infrastructureApiRef);
  // Compared as text: every render makes a new object of the same question.
  const question = JSON.stringify(query);
  const put = useCallback(
    (signal: AbortSignal) => ask(api, JSON.parse(question) as Q, { signal }),
    [ask, api, question],
  );
  return useLive(put, changedChannel);
}
