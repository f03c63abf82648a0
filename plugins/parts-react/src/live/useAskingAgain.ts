import { useEffect } from 'react';

const askEveryMs = 3000;

/** Asks again every few seconds while something goes on of which no signal may come through. */
export function useAskingAgain(goesOn: boolean, refresh: () => void): void {
  useEffect(() => {
    if (!goesOn) return undefined;
    const timer = setInterval(refresh, askEveryMs);
    return () => clearInterval(timer);
  }, [goesOn, refresh]);
}
