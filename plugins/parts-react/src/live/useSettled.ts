import { useEffect, useState } from 'react';

/**
 * The value, once it has stayed the same for a while.
 *
 * @param delay - how long it has to stay the same, in milliseconds
 */
export function useSettled<T>(value: T, delay: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}
