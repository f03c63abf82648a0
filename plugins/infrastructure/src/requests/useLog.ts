import { useApi } from '@backstage/frontend-plugin-api';
import type { Log } from '@waymark/plugin-infrastructure-common';
import { useEffect, useRef, useState } from 'react';
import { infrastructureApiRef } from '../api/InfrastructureApi';

/** How long after an answer the next lines are asked for. */
const restMs = 1000;

/** How many lines are kept: the newest. */
const mostLines = 5000;

type Lines = Log['lines'];

/** The lines so far, and whether more may come. */
export type Followed = { lines: Lines; more: boolean; error?: Error };

/**
 * Follows what the runs of a request write, from the first line on.
 *
 * @param changedAt - when the request changed last: asks again when that changes
 */
export function useLog(id: string, changedAt: string): Followed {
  const api = useApi(infrastructureApiRef);
  const [followed, setFollowed] = useState<Followed>({
    lines: [],
    more: true,
  });

  // The last line that is there already, and of which request.
  const seen = useRef({ id, number: 0 });

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let timer: ReturnType<typeof setTimeout> | undefined;
    if (seen.current.id !== id) seen.current = { id, number: 0 };

    const follow = async () => {
      try {
        const { number } = seen.current;
        const { lines, more } = await api.getLog(id, number, { signal });
        if (signal.aborted) return;
        const isFirst = number === 0;
        seen.current.number = lines.at(-1)?.number ?? number;
        setFollowed(before => ({
          lines: [...(isFirst ? [] : before.lines), ...lines].slice(-mostLines),
          more,
        }));
        if (more) timer = setTimeout(follow, lines.length > 0 ? 0 : restMs);
      } catch (error) {
        if (signal.aborted) return;
        setFollowed(before => ({ ...before, error: error as Error }));
        timer = setTimeout(follow, 5 * restMs);
      }
    };
    follow();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [api, id, changedAt]);

  return followed;
}
