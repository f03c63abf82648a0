import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { type Live, useLive } from '@waymark/plugin-parts-react';
import { doraApiRef, type Asking, type DoraApi } from '../api/DoraApi';

/** The channel on which the portal says that deliveries came in. */
export const changedChannel = 'dora:changed';

/**
 * The answer to a question, following what happens.
 *
 * @param ask - puts the question; a function of a module, not of a render
 * @param query - what the question is about; compared by what it says
 */
export function useDora<Q, T>(
  ask: (dora: DoraApi, query: Q, asking: Asking) => Promise<T>,
  query: Q,
): Live<T> {
  const dora = useApi(doraApiRef);
  // Compared as text: every render makes a new object of the same question.
  const question = JSON.stringify(query);
  const put = useCallback(
    (signal: AbortSignal) => ask(dora, JSON.parse(question) as Q, { signal }),
    [ask, dora, question],
  );
  return useLive(put, changedChannel);
}
