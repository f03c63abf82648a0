import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { useCallback, useEffect, useRef, useState } from 'react';

/** After an answer, how long the next change waits: bursts become one question. */
const restMs = 1000;

/** An answer that follows what happens. */
export type Live<T> = {
  /** The last answer, also while a newer one is on its way. */
  value?: T;
  error?: Error;
  /** Whether `value` is missing, or answers an earlier question. */
  loading: boolean;
  /** Asks again without saying so, unless it is being asked already. */
  refresh: () => void;
};

type State<T> = Omit<Live<T>, 'refresh'>;

/**
 * Asks when the question changes, and again whenever the portal signals that
 * something happened. What is shown stays until the newer answer is there.
 *
 * @param ask - a stable function; a new one is a new question
 * @param channel - the channel of the signals
 */
export function useLive<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  channel: string,
): Live<T> {
  const apis = useApiHolder();
  const [state, setState] = useState<State<T>>({ loading: true });
  const again = useRef<() => void>(() => undefined);

  useEffect(() => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let busy = false;
    let missed = false;

    const run = () => {
      if (busy) {
        missed = true;
        return;
      }
      busy = true;
      missed = false;
      const settle = (next: (before: State<T>) => State<T>) => {
        if (controller.signal.aborted) return;
        setState(next);
        timer = setTimeout(() => {
          busy = false;
          if (missed) run();
        }, restMs);
      };
      ask(controller.signal).then(
        value => settle(() => ({ value, loading: false })),
        error => settle(({ value }) => ({ value, error, loading: false })),
      );
    };

    setState(({ value }) => ({ value, loading: true }));
    again.current = run;
    run();
    const subscription = apis.get(signalApiRef)?.subscribe(channel, run);
    return () => {
      controller.abort();
      clearTimeout(timer);
      subscription?.unsubscribe();
    };
  }, [apis, ask, channel]);

  const refresh = useCallback(() => again.current(), []);
  return { ...state, refresh };
}
