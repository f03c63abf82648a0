import { useApi } from '@backstage/frontend-plugin-api';
import { useLive, type Live } from '@waymark/plugin-parts-react';
import { useCallback } from 'react';
import { fleetApiRef, type Asking, type FleetApi } from './FleetApi';

/** The channel on which the portal says that an upgrade has ended. */
const changedChannel = 'golden-paths:changed';

/**
 * The answer to a question, following what happens.
 *
 * @param ask - puts the question; a function of a module, not of a render
 * @param query - what the question is about; compared by what it says
 */
export function useFleet<Q, T>(
  ask: (api: FleetApi, query: Q, asking: Asking) => Promise<T>,
  query: Q,
): Live<T> {
  const api = useApi(fleetApiRef);
  // Compared as text: every render makes a new object of the same question.
  const question = JSON.stringify(query);
  const put = useCallback(
    (signal: AbortSignal) => ask(api, JSON.parse(question) as Q, { signal }),
    [ask, api, question],
  );
  return useLive(put, changedChannel);
}
