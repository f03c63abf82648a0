import { useCallback, useEffect, useState } from 'react';

/** Where a question stands. While a newer one is asked, `answer` still holds the last. */
export type Asked<T> = {
  state: 'idle' | 'asking' | 'answered' | 'failed';
  answer?: T;
  /** The reason, when it failed. */
  failure?: string;
  /** Asks again. */
  retry: () => void;
};

/**
 * Asks whenever the question changes, and forgets about answers to earlier ones.
 *
 * @param question - a stable function; undefined when there is nothing to ask
 */
export function useAnswer<T>(
  question: ((signal: AbortSignal) => Promise<T>) | undefined,
): Asked<T> {
  const [attempt, setAttempt] = useState(0);
  const [asked, setAsked] = useState<Omit<Asked<T>, 'retry'>>({
    state: question ? 'asking' : 'idle',
  });

  useEffect(() => {
    if (!question) {
      setAsked({ state: 'idle' });
      return undefined;
    }
    const controller = new AbortController();
    setAsked(({ answer }) => ({ state: 'asking', answer }));
    question(controller.signal).then(
      answer => {
        if (!controller.signal.aborted) setAsked({ state: 'answered', answer });
      },
      error => {
        if (!controller.signal.aborted) {
          setAsked({ state: 'failed', failure: error.message });
        }
      },
    );
    return () => controller.abort();
  }, [question, attempt]);

  const retry = useCallback(() => setAttempt(count => count + 1), []);
  return { ...asked, retry };
}
