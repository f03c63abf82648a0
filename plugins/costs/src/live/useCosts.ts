import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { type Live, useLive } from '@waymark/plugin-parts-react';
import { costsApiRef, type Asking, type CostsApi } from '../api/CostsApi';

/** The channel on which the portal says that costs changed. */
export const changedChannel = 'costs:changed';

/**
 * The answer to a question, following what happens.
 *
 * @param ask - puts the question; a function of a module, not of a render
 * @param query - what the question is about; compared by what it says
 */
export function useCosts<Q, T>(
  ask: (costs: CostsApi, query: Q, asking: Asking) => Promise<T>,
  query: Q,
): Live<T> {
  const costs = useApi(costsApiRef);
  // Compared as text: every render makes a new object of the same question.
  const question = JSON.stringify(query);
  const put = useCallback(
    (signal: AbortSignal) => ask(costs, JSON.parse(question) as Q, { signal }),
    [ask, costs, question],
  );
  return useLive(put, changedChannel);
}
