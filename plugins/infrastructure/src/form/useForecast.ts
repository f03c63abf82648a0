import { useApi } from '@backstage/frontend-plugin-api';
import type { Forecast, Wish } from '@waymark/plugin-infrastructure-common';
import { useAnswer, useSettled, type Asked } from '@waymark/plugin-parts-react';
import { useCallback } from 'react';
import { infrastructureApiRef } from '../api/InfrastructureApi';

const typingPauseMs = 300;

/**
 * What would become of the request, asked when the typing pauses; an older
 * question is given up.
 *
 * @returns the answer, and whether it is about what the form holds now
 */
export function useForecast(
  offering: string,
  wish: Wish,
): Asked<Forecast> & { isCurrent: boolean } {
  const api = useApi(infrastructureApiRef);
  const text = JSON.stringify(wish);
  const settled = useSettled(text, typingPauseMs);
  const question = useCallback(
    (signal: AbortSignal) =>
      api.preview(offering, JSON.parse(settled) as Wish, { signal }),
    [api, offering, settled],
  );
  const asked = useAnswer(question);
  return { ...asked, isCurrent: text === settled && asked.state !== 'asking' };
}
