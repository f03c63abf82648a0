import { useState } from 'react';

/** Something that a person does with a button. */
export type Deed = {
  isPending: boolean;
  error?: Error;
  run: (work: () => Promise<void>) => Promise<void>;
};

/** Does things one at a time, and keeps what went wrong. */
export function useDeed(): Deed {
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<Error>();
  const run = async (work: () => Promise<void>) => {
    setPending(true);
    setError(undefined);
    try {
      await work();
    } catch (failure) {
      setError(failure as Error);
    } finally {
      setPending(false);
    }
  };
  return { isPending, error, run };
}
