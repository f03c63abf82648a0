import { useApi } from '@backstage/frontend-plugin-api';
import type { Wish } from '@waymark/plugin-infrastructure-common';
import { useSettled } from '@waymark/plugin-parts-react';
import { useEffect, useRef, useState } from 'react';
import { infrastructureApiRef } from '../api/InfrastructureApi';

const typingPauseMs = 800;

/** Where the keeping of a draft stands. */
export type Keeping = { state: 'idle' | 'kept' | 'failed'; failure?: string };

/**
 * Keeps what is filled in on the server, whenever the typing pauses.
 *
 * @param wish - what the form holds
 * @param isKept - false for forms of which no draft is kept
 */
export function useDraft(
  offering: string,
  wish: Wish,
  isKept: boolean,
): Keeping {
  const api = useApi(infrastructureApiRef);
  const text = JSON.stringify(wish);
  const settled = useSettled(text, typingPauseMs);
  const known = useRef(text);
  const [keeping, setKeeping] = useState<Keeping>({ state: 'idle' });

  useEffect(() => {
    if (!isKept || settled === known.current) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    api.putDraft(offering, JSON.parse(settled) as Wish, { signal }).then(
      () => {
        if (signal.aborted) return;
        known.current = settled;
        setKeeping({ state: 'kept' });
      },
      error => {
        if (!signal.aborted) {
          setKeeping({ state: 'failed', failure: error.message });
        }
      },
    );
    return () => controller.abort();
  }, [api, offering, settled, isKept]);

  return keeping;
}
